r0450us-----
u n BC-XX--OldHarbor, Kill    03-03 0021
^BC-XX--Old Harbor, Kill,21<
^Eds: Kill BC-XX--Old Harbor. The council has not voted.<
AP-NY-03-03-26 1720GMT<

