"""Pages on files and text."""

from simlib.language import phrase
from simlib.shell.manual.page import Page

FILES = {
    "ls": Page(
        "ls [-1aAlhtrSRdiFnspog] [path...]",
        phrase("Lists names; -l with mode, owner, size and time, -t by time, -a with names that begin with a dot."),
        phrase("Queue files, the log and host status are the state of the simulated sendmail."),
    ),
    "stat": Page("stat [-L] [-c format] path...", phrase("Shows all that is known of a file.")),
    "find": Page(
        "find [path...] [-name p] [-type t] [-mtime n] [-mmin n] [-newer f] [-size n] [-user u] "
        "[-exec command {} \\;] [-delete]",
        phrase("Shows what lies below a directory and fits, or does something with it."),
    ),
    "rm": Page(
        "rm [-rfv] path...",
        phrase("Removes files."),
        phrase("A letter whose qf file is removed is lost; without its df file it is sent without its body."),
    ),
    "mv": Page(
        "mv [-fnv] source... target",
        phrase("Moves or renames files."),
        phrase("Letters go with their queue files: mv mqueue omqueue; mkdir mqueue is the cure of a clogged queue."),
    ),
    "cp": Page(
        "cp [-rpfav] source... target",
        phrase("Copies files."),
        phrase("A copy of a queue file is plain text: sendmail does not send it."),
    ),
    "ln": Page("ln [-sf] target [name]", phrase("Gives a file another name; with -s a symbolic link.")),
    "mkdir": Page("mkdir [-p] [-m mode] directory...", phrase("Makes directories.")),
    "rmdir": Page("rmdir directory...", phrase("Removes empty directories.")),
    "touch": Page("touch [-c] [-t time] [-r file] path...", phrase("Makes an empty file, or a file as new as now.")),
    "chmod": Page("chmod [-R] mode path...", phrase("Changes who may read, write and execute: 640, u+x, go-w.")),
    "chown": Page("chown [-R] user[:group] path...", phrase("Changes whose a file is.")),
    "sync": Page("sync", phrase("Writes all to the disk; here it is there already.")),
    "df": Page(
        "df [-khi] [path...]",
        phrase("Shows how full the disks are; -i how many files they hold."),
        phrase("There are only the disks that the notebook has put there."),
    ),
    "du": Page("du [-sahkbc] [path...]", phrase("Adds up what lies below directories.")),
    "mount": Page(
        "mount [directory]", phrase("Shows what is mounted where, or mounts what the fstab has for a directory.")
    ),
    "umount": Page("umount directory", phrase("Takes away what is mounted there.")),
    "quota": Page("quota [user]", phrase("Shows how much of a disk somebody has, and may have.")),
    "repquota": Page("repquota [-a] [point]", phrase("The same for everybody.")),
    "vi": Page(
        "vi file",
        phrase("Edits a file."),
        phrase("In a console on the page it opens an editor; elsewhere sed -i and > change files."),
    ),
}

TEXT = {
    "cat": Page("cat [-nbsAET] [file...]", phrase("Prints files, one behind the other.")),
    "tac": Page("tac [file...]", phrase("Prints lines, the last one first.")),
    "head": Page("head [-n lines] [-c bytes] [file...]", phrase("Prints the first lines.")),
    "tail": Page(
        "tail [-n lines] [-c bytes] [-f] [file...]",
        phrase("Prints the last lines."),
        phrase("-f shows what is there: no time passes while you look."),
    ),
    "less": Page("less file", phrase("Shows a text; here all of it at once.")),
    "nl": Page("nl [-ba] [file...]", phrase("Numbers lines.")),
    "wc": Page("wc [-lwcm] [file...]", phrase("Counts lines, words and bytes.")),
    "tee": Page("tee [-a] file...", phrase("Copies its input to files and on to the next command.")),
    "rev": Page("rev [file...]", phrase("Turns each line round.")),
    "strings": Page("strings [-n least] file", phrase("Prints what can be read in a binary file.")),
    "file": Page("file path...", phrase("Says what kind of file it is.")),
    "grep": Page(
        "grep [-civnlLohHEFwxqrs] [-A n] [-B n] [-C n] [-m n] [-e] pattern [file...]",
        phrase("Prints the lines that match a regular expression."),
        phrase("Back-references and -P are not known: no pattern takes long here."),
    ),
    "sort": Page("sort [-bdfghiMnruV] [-k key] [-t c] [-o file] [file...]", phrase("Puts lines in order.")),
    "uniq": Page("uniq [-cdui] [-f n] [file]", phrase("Shows each line once that is repeated; -c how often.")),
    "comm": Page("comm [-123] file file", phrase("Shows what two sorted files have in common.")),
    "cut": Page("cut -f list [-d c] | -c list [file...]", phrase("Prints fields or characters of each line.")),
    "tr": Page("tr [-cds] set [set]", phrase("Changes, removes or squeezes characters.")),
    "paste": Page("paste [-s] [-d c] file...", phrase("Puts lines of files side by side.")),
    "fold": Page("fold [-s] [-w width]", phrase("Breaks long lines.")),
    "column": Page("column -t [-s c]", phrase("Makes a table.")),
    "awk": Page(
        "awk [-F separator] [-v name=value] [-f file] 'pattern {action}' [file...]",
        phrase("Obeys a program for each line: $1 is its first field, NF how many, NR which line it is."),
        phrase("getline is not known; a program that shows no end is stopped."),
    ),
    "sed": Page(
        "sed [-n] [-i[ending]] [-E] [-e script] script [file...]",
        phrase("Edits lines: s/old/new/g, /pattern/d, 2,5p, a, i, c, y, and the rest of its commands."),
        phrase("The flags e and w of s are not simulated."),
    ),
    "xargs": Page("xargs [-0rt] [-n n] [-L n] [-I {}] [command]", phrase("Makes arguments of the words of its input.")),
    "diff": Page("diff [-u] [-q] [-b] [-i] file file", phrase("Shows how two files differ.")),
    "cmp": Page("cmp [-s] file file", phrase("Tells where two files begin to differ.")),
    "echo": Page("echo [-ne] word...", phrase("Prints its arguments.")),
    "printf": Page("printf format word...", phrase("Prints its arguments by a format such as %5d.")),
    "seq": Page("seq [first [step]] last", phrase("Counts.")),
    "basename": Page("basename path [ending]", phrase("The last part of a path.")),
    "dirname": Page("dirname path...", phrase("A path without its last part.")),
    "expr": Page("expr words", phrase("Reckons, compares, and matches texts with patterns.")),
    "yes": Page("yes", phrase("Prints without end; not simulated.")),
}

ALSO_FILES = {
    "more": "less",
    "egrep": "grep",
    "fgrep": "grep",
    "gawk": "awk",
    "mawk": "awk",
    "nawk": "awk",
    "chgrp": "chown",
    "edit": "vi",
    "vim": "vi",
    "ed": "vi",
    "nano": "vi",
    "emacs": "vi",
}
