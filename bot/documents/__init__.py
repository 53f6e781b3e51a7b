"""Files: what organisers hand in becomes data, and data becomes what they take away. Bytes in, bytes out.

A sheet of pledges is read in three steps: bytes become rows of cells (`table`), cells become values or say what is
wrong with them (`cells`, `headings`), and both together become proposals and problems (`pledge_sheet`).
"""
