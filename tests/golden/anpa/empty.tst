r0480us-----
r n BC-XX--Test    03-03 0001
^BC-XX--Test,1<
AP-NY-03-03-26 1720GMT<

