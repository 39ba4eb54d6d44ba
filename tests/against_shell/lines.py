"""What postmasters type, by what it is about."""

LANGUAGE = r"""
echo one two   three
echo 'a  b' "c  d"
x=5; echo $x ${x} "$x" '$x'
x=5; echo $((x * 2 + 1)) $((7 / 2)) $((7 % 3))
echo ${y:-none} ${y-none}; y=; echo "<${y:-empty}>" "<${y-set}>"
f=/var/log/maillog.1; echo ${f##*/} ${f%.*} ${f#*/} ${#f}
f=a.b.c; echo ${f%%.*} ${f/b/X} ${f//./-}
echo `echo back` $(echo dollar)
false; echo $?; true; echo $?
false || echo no; true && echo yes; false && echo never
! grep -q zzz log; echo $?
for f in mqueue/qf*; do echo $f; done
for i in 1 2 3; do echo -n "$i "; done; echo
for f in nosuch*; do echo $f; done
while read user n domain; do echo "$domain: $user ($n)"; done < table
i=0; while [ $i -lt 3 ]; do i=$((i + 1)); echo $i; done
until [ -n "$x" ]; do x=1; done; echo done
if [ -f log ]; then echo there; else echo gone; fi
if [ -d log ]; then echo dir; elif [ -s empty ]; then echo full; else echo neither; fi
case maillog.1 in *.gz) echo packed;; maillog*) echo log;; *) echo other;; esac
(cd mqueue; ls | head -1); basename $(pwd)
{ echo a; echo b; } | wc -l
f() { echo "<$1> <$2> $#"; }; f 'a b' c
set -- a b c; shift; echo $1 $#
cat <<END
echo {a,b}{1,2} {1..4}
echo *.txt a*
ls nosuch 2>/dev/null; echo $?
ls nosuch > out 2>&1; cat out
echo out; echo err >&2
echo one > f; echo two >> f; cat f
cat < table > copy && wc -l copy
echo "a b" | while read x y; do echo $y $x; done
nosuchcommand; echo $?
cat '
echo $(
echo a | | wc
echo )
test 3 -gt 2 && echo bigger; [ abc = abd ] || echo other
[ -z "" ] && [ -n x ] && echo both
echo "quoted \"inside\" \$x"
IFS=:; set -- $(echo a:b:c); echo $2
export A=1; env | grep ^A=
type cd; type echo
echo $0 | wc -l
x=1; (x=2); echo $x
for i in 1 2 3 4; do [ $i = 2 ] && continue; [ $i = 4 ] && break; echo $i; done
eval 'echo evaluated'
read a b < table; echo $b
"""

FILES = r"""
ls
ls -a
ls -1 mqueue
ls -r
ls -d mqueue
ls -l log
ls -l mqueue
ls -lh log
ls nosuch
ls -S mqueue
ls -F
ls mqueue/qf* | wc -l
ls 'with space'
rm nosuch
rm -f nosuch; echo $?
rm mqueue
rm -r mqueue; ls mqueue
rm mqueue/qf*; ls mqueue
mv log log.0; ls
mv nosuch x
mv log mqueue; ls mqueue
mv mqueue omqueue; mkdir mqueue; ls; ls omqueue | wc -l
mv log table nosuchdir
cp log log.bak; cmp log log.bak && echo same
cp nosuch x
cp mqueue x
cp -r mqueue x; ls x
cp log
mkdir mqueue
mkdir -p a/b/c; ls a/b
mkdir a/b/c
rmdir mqueue
rmdir nosuch
touch new; ls -l new
chmod 600 log; ls -l log
chmod u+x,go-r log; ls -l log
chmod xyz log
ln -s log current; ls -l current; cat current | head -1 | cut -c1-6
ln log other; wc -l other
ln -s log aliases
find . -name 'qf*' | sort
find . -type d | sort
find mqueue -name 'df*' -size +0 | sort
find . -name 'qf*' -exec basename {} \; | sort
find mqueue -name 'qf*' -delete; ls mqueue
find . -name '*.nothing'
find nosuch
find mqueue -type f | wc -l
find . -maxdepth 1 -type f -name 'a*' | sort
find . -empty -type f
find . -bogus
stat -c '%n %s %F %a' log mqueue
stat -c %U log
du -a nosuch
cat nosuch log | head -2
cat mqueue
basename /a/b.c .c; dirname /a/b.c
test -e log && test ! -e nosuch && echo right
[ log -nt nosuch ] && echo newer
[ 1 -eq x ]
> log; ls -l log
: > log; wc -c log
echo x > nosuchdir/x
echo x > mqueue
cp /dev/null log; wc -c < log
file empty table
diff aliases access | head -2
diff log log; echo $?
diff nosuch log
cmp table numbers
"""

TEXT = r"""
cat no-end
cat -n table
cat -A spaces
tac table
head -2 log
head -c 10 log
head -n -2 table
head -n 1 table aliases
tail -1 log
tail -n +3 table
tail -c 5 table
tail -2q table aliases
wc log
wc -l log table
wc -c < table
grep -c stat= log
grep -n Deferred log
grep -l root *
grep -v '^#' cf
grep -i SENT log | wc -l
grep -o 'to=<[^>]*>' log
grep -A1 hana table
grep -B1 ken table
grep -C1 jiro table
grep -h root aliases access; grep -H root aliases
grep -E 'stat=(Sent|User)' log | wc -l
grep -w list aliases
grep -x 9 numbers
grep -q taro table; echo $?
grep nothing log; echo $?
grep taro nosuch
grep -F '10.0.0.2' log | wc -l
grep -r letter mqueue | sort
grep -rl dead.example mqueue | sort
grep -m1 from= log
grep -e taro -e ken table
egrep 'taro|ken' table
grep -L root aliases access cf
grep '['  log
sort numbers
sort -n numbers
sort -rn numbers | head -2
sort -u numbers
sort -k2n table
sort -k3,3 -k2,2nr table
sort -t. -k2 table
sort -c table
sort nosuch
uniq numbers
sort numbers | uniq -c
sort numbers | uniq -d
cut -d' ' -f1 table
cut -d' ' -f1,3 table
cut -c1-3 table
cut -d: -f2- aliases
cut -f1 access
cut -d: table
echo hello | tr a-z A-Z
tr -d '\n' < table; echo
tr -s ' ' < spaces
tr ',' '\n' < aliases
tr -cd '0-9\n' < table
tr
awk '{print $1}' table
awk '{print $NF, NR}' table
awk -F: '/^[^#]/ {print $1}' aliases
awk '{s += $2} END {print s, s / NR}' table
awk '$2 > 5 {print $1, $2}' table
awk '{n[$3]++} END {for (d in n) print n[d], d}' table | sort
awk '/stat=/ {split($0, a, "stat="); print a[2]}' log | sort | uniq -c | sort -rn
awk -v min=7 '$2 >= min' table
awk 'BEGIN {printf "%5.2f|%-5s|%05d\n", 3.14159, "ab", 42}'
awk '{printf "%-8s%3d\n", $1, $2}' table
awk 'NR == 2, NR == 3' table
awk '{$2 = "x"; print}' table
awk 'BEGIN {FS = "="} /stat/ {print $NF}' log
awk '{print length($0), toupper($1), substr($3, 1, 4), index($3, ".")}' table
awk '{gsub(/example/, "test"); print}' table
awk 'match($0, /size=[0-9]+/) {print substr($0, RSTART, RLENGTH)}' log
awk 'END {print NR}' log
awk '!seen[$3]++' table
awk 'BEGIN {while (i < 3) print i++; do print "x"; while (0)}'
awk 'BEGIN {print 1e6, 0.1 + 0.2, 10 / 3, 2 ^ 10, 7 % 3, -3, 100000 * 100000}'
awk '{if ($2 > 10) print $1; else print "few"}' table
awk 'BEGIN {print "a" > "out"; close("out")} END {}' table; cat out
awk '{print' table
awk '{print $1}' nosuch
awk -F, '{print NF}' log | sort | uniq -c
sed 's/example/test/' table
sed 's/e/E/g' table
sed -n '2p' table
sed -n '/hana/,/ken/p' table
sed '2d' table
sed '/^#/d' cf
sed -n '$p' log
sed '1,2!d' table
sed 's/\([a-z]*\) \([0-9]*\)/\2 \1/' table
sed -E 's/([a-z]+) ([0-9]+)/\2 \1/' table
sed 's/^#O /O /; s/30m/1h/' cf
sed -i 's/taro/tarou/' table; cat table
sed -i.bak '1d' table; wc -l table table.bak
sed 's|/var/spool|/srv|' cf
sed -e '/hana/a\
sed '2i inserted' table
sed '/taro/c changed' table
sed 'y/abc/ABC/' table
sed -n '/taro/=' table
sed 's/x/y/z' table
sed 2q table
sed 's/[0-9]*$/&&/' numbers
sed -n 's/.*stat=//p' log
sed 'N; s/\n/ + /' table
sed G table | head -3
sed nonsense table
nl table
rev table
tee copy < table | wc -l; wc -l < copy
echo 1 2 3 | xargs -n1 echo n
ls mqueue/qf* | xargs grep -l dead
echo a b | xargs
echo "x y" | xargs -I{} echo "<{}>"
printf '%s\n' a b c
printf '%5d|%-5s|%x\n' 42 ab 255
printf 'no end'
echo -e 'a\tb\nc'
seq 3
seq 2 2 8 | paste -s -d,
paste -d: numbers table | head -2
expr 3 + 4 \* 2; expr abc : 'a\(.\)'
comm -12 table table | wc -l
fold -w 10 table | head -3
strings -n 20 cf
"""

MACHINE = r"""
hostname
hostname -s
whoami
id -un
true; echo $?
pwd
kill -FOO 1
kill 999999
which nosuchprogram; echo $?
date +%% | head -1
sleep 0; echo woke
sleep x
sh -c 'echo $1' x y
su nosuchuser -c true
uname -s
"""


def typed() -> list[str]:
    """All of them. A line that needs a second one has it here."""
    following = {
        "cat <<END": "cat <<END\na $((1 + 1))\nEND\necho behind",
        r"sed -e '/hana/a\\"[:-1]: "sed -e '/hana/a\\\nbehind hana' table",
    }
    lines = [line for group in (LANGUAGE, FILES, TEXT, MACHINE) for line in group.strip("\n").split("\n")]
    return [following.get(line, line) for line in lines]
