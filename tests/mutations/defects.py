"""Deliberate defects: each a small wrong change that some test or notebook has to notice.

``python tools/mutate.py`` makes each of them in a copy of the project and says what turned red.
"""

from typing import NamedTuple


class Defect(NamedTuple):
    """In ``file``, ``old`` (which stands there once) becomes ``new``."""

    name: str
    file: str
    old: str
    new: str


MTA, SITE, SMTP, TRACE = "simlib/mta/", "simlib/site/", "simlib/smtp/", "simlib/trace/"
SHELL = "simlib/shell/"
EXPERIMENT = "simlib/experiment/"
EXERCISES, LAB = "simlib/exercises/", "simlib/lab/"

DEFECTS = [
    # what students are judged by
    Defect("any choice is right", EXERCISES + "exercise.py", "if answer != right():", "if False:"),
    Defect("of an order only the first line is looked at", EXERCISES + "exercise.py", "if one != other:", "if one != other and place == 1:"),
    Defect("what sendmail complains of is not told", EXERCISES + "exercise.py", "[str(wrong), *_said(complaints)]", "[str(wrong)]"),
    Defect("any place is right", EXERCISES + "drill.py", "if given != right:", "if False:"),
    Defect("all incidents are the same", EXERCISES + "drill.py", "Random(f\"{self.id} {number}\")", "Random(self.id)"),
    Defect("a later mistake undoes what was solved", LAB + "progress.py", "max(entry[name], value) if", "value if"),
    Defect("complaints stand a line too low", LAB + "listing.py", "complaints.get(n + 1, ())", "complaints.get(n, ())"),
    Defect("a line that cannot be read is called applied", LAB + "configure.py", "self._show(complaints, ran=readable)", "self._show(complaints, ran=True)"),
    # the connection cache
    Defect("the newest connection is evicted", MTA + "connection_cache.py", "return min(range(", "return max(range("),
    Defect("a tie evicts the oldest", MTA + "connection_cache.py", "range(len(self._slots)), key", "range(len(self._slots) - 1, -1, -1), key"),
    Defect("the first empty slot is taken", MTA + "connection_cache.py", "return empty[-1]", "return empty[0]"),
    Defect("idle connections are kept a second longer", MTA + "connection_cache.py", "self.timeout <= now", "self.timeout < now"),
    Defect("closed connections block their slots", MTA + "connection_cache.py", "if held is None or not held[1].is_open", "if held is None"),
    Defect("uses are told apart by fractions of a second", MTA + "connection.py", "self.last_use = int(self.env.now)\n                step", "self.last_use = self.env.now\n                step"),
    Defect("a kept connection is used without RSET", MTA + "process.py", "if kept.is_open and (yield from kept.probe()):", "if kept.is_open:"),
    Defect("no QUIT at the end of a process", MTA + "process.py", "for connection in self.cache.empty():\n            yield from self._leave(connection)", "self.cache.empty()"),
    # host status
    Defect("host status is believed a second longer", MTA + "host_status.py", "status.used + keep > now", "status.used + keep >= now"),
    Defect("a process forgets dead hosts at once", MTA + "host_status.py", "own = _fresh(self.seen.get(host), now, self.keep)", "own = None"),
    Defect("the directory is not written", MTA + "host_status.py", "self.directory.files[host] = status", "pass"),
    Defect("the tree is built from the left", MTA + "host_status.py", "first, *rest = name.split(\".\")", "*rest, first = name.split(\".\")"),
    Defect("purgestat removes what is new", MTA + "host_status.py", "items() if _fresh(status, now, keep)}", "items() if not _fresh(status, now, keep)}"),
    Defect("two processes get one lock", MTA + "host_status.py", "return self.locks.setdefault(host, process) is process", "self.locks.setdefault(host, process)\n        return True"),
    Defect("a lock is never given back", MTA + "host_status.py", "if self.locks.get(host) is process:", "if False:"),
    Defect("selected runs believe host status", MTA + "runner.py", "ignore_host_status=bool(selection)", "ignore_host_status=False"),
    Defect("SingleThreadDelivery is ignored", MTA + "process.py", "return not self.mta.settings.single_thread or", "return True or"),
    # the queue
    Defect("precedence makes a message less urgent", MTA + "queue_entry.py", "size - precedence * class_factor", "size + precedence * class_factor"),
    Defect("recipients do not count", MTA + "queue_entry.py", "+ recipients * recipient_factor", "+ recipient_factor"),
    Defect("RetryFactor is forgotten", MTA + "attempt.py", "(self.mta.settings.retry_factor if from_queue else 0)", "0"),
    Defect("domains go in the order in which they were named", MTA + "together.py", "    if len(held) < 2:\n        return held\n", "    return held\n"),
    Defect("neighbours with one mail host go one by one", MTA + "attempt.py", "            if waiting:\n                part =", "            if False:\n                part ="),
    Defect("guests go on to the mail hosts of others", MTA + "delivery.py", "        if others and self.guests:\n", "        if False:\n"),
    Defect("guests whose RCPT was put off go on", MTA + "delivery.py", 'return recipient in self.guests and result.phase == "rcpt"', "return False"),
    Defect("mailq tells of the last who was put off", MTA + "attempt.py", "(outcome.kind == DEFERRED and not self.remarked)", "outcome.kind == DEFERRED"),
    Defect("an enhanced code outlasts its slot in the cache", MTA + "process.py", "            if self.cache.displaced != mx:\n", "            if False:\n"),
    Defect("who was put off by name is put off once more", MTA + "delivery.py", "        self.last |= self.named  # for them nothing has changed\n", ""),
    Defect("QUIT before going on to another host", MTA + "process.py", "is not connection and not going_on:", "is not connection:"),
    Defect("HostStatusDirectory without a connection cache", "simlib/cf/conflicts.py", 'return "" if cf[CACHE] == 0 else cf[DIRECTORY] or ""', 'return cf[DIRECTORY] or ""'),
    Defect("a dead end outlasts its configuration", MTA + "dead_ends.py", "        end.cf is not mta.cf\n        or process", "        process"),
    Defect("a dead end outlasts a purge", MTA + "dead_ends.py", "        or process.memory.recall(end.mx, now) is not end.status\n", ""),
    Defect("a dead end outlasts its moment", MTA + "dead_ends.py", "if self._moment != now or address", "if address"),
    Defect("what is refused for good is put off", MTA + "delivery.py", "and nobody_asked and outcomes[0][1].kind == DEFERRED", "and nobody_asked"),
    Defect("what is due to be told is put off", MTA + "dead_ends.py", "        or notices.warning_due(entry, now, settings)\n", ""),
    Defect("a try is not counted", MTA + "queue_entry.py", "self.tries + 1", "self.tries"),
    Defect("host order reads names forwards", MTA + "queue_order.py", "return domain[::-1]", "return domain"),
    Defect("time order is reversed", MTA + "queue_order.py", "\"t\": lambda entry: (entry.created, entry.qid)", "\"t\": lambda entry: (-entry.created, entry.qid)"),
    Defect("busy hosts go first", MTA + "queue_order.py", "return (host in busy, host,", "return (host not in busy, host,"),
    Defect("MinQueueAge counts from the entry into the queue", MTA + "queue_order.py", "since = now - entry.last_try", "since = now - entry.created"),
    Defect("MinQueueAge holds back what was never tried", MTA + "queue_order.py", "if entry.tries == 0:\n        return False", "if False:\n        return False"),
    Defect("selections regard case", MTA + "queue_order.py", "limits.append((letter, negated, substring.lower()))", "limits.append((letter, negated, substring))"),
    Defect("a negated selection selects", MTA + "queue_order.py", "(part in text.lower()) != negated", "(part in text.lower()) == negated"),
    Defect("different selections are alternatives", MTA + "queue_order.py", "                return False\n        return True", "                continue\n            return True\n        return not self.limits"),
    Defect("MaxQueueRunSize counts after sorting", MTA + "runner.py", "entries = entries[:most]", "pass"),
    Defect("a locked entry is tried all the same", MTA + "attempt.py", "if entry.locked or entry not in", "if entry not in"),
    Defect("a power cut leaves entries locked", MTA + "attempt.py", "    finally:  # also when the process is ended: the lock is the kernel's and goes with it\n        entry.xf = None", "    finally:\n        pass"),
    # routing
    Defect("the highest preference comes first", MTA + "routing.py", "key=lambda record: (record[0], rank", "key=lambda record: (-record[0], rank"),
    Defect("MXs at one's own preference are tried", MTA + "routing.py", "record[0] < min(own)]", "record[0] <= min(own)]"),
    Defect("a name that does not exist is tried again later", MTA + "routing.py", "return NoRoute(Exit.NOHOST,", "return NoRoute(Exit.TEMPFAIL,"),
    Defect("SERVFAIL bounces", MTA + "routing.py", "return NoRoute(Exit.TEMPFAIL, \"4.4.3\"", "return NoRoute(Exit.NOHOST, \"5.4.3\""),
    Defect("without MX there is no way", MTA + "routing.py", "if answer.status == NODATA:\n        return [domain]", "if answer.status == NODATA:\n        return []"),
    Defect("no kept connection is preferred", MTA + "delivery.py", "return -1.0 if", "return 2.0 if"),
    Defect("a host falls back to itself", MTA + "routing.py", "if not fallback or fallback in own_names:", "if not fallback:"),
    # notices
    Defect("a message is returned a second late", MTA + "notices.py", "now - entry.created >= settings.return_after", "now - entry.created > settings.return_after"),
    Defect("a warning goes to the null sender", MTA + "notices.py", "and entry.sender != \"\"\n", ""),
    Defect("lists get warnings", MTA + "notices.py", "        and entry.precedence >= 0\n        and entry.sender", "        and entry.sender"),
    Defect("a warning is sent again and again", MTA + "notices.py", "        not entry.warned\n        and not entry.response\n", "        not entry.response\n"),
    Defect("notices are answered by notices", MTA + "notices.py", "if entry.sender and not entry.response:", "if True:"),
    Defect("a double bounce that fails is bounced", MTA + "attempt.py", "if notices.last_resort(entry):", "if False:"),
    Defect("mail loops for ever", MTA + "attempt.py", "if self.entry.hops > self.mta.settings.max_hops:", "if False:"),
    Defect("a return leaves out the reason", "simlib/message/dsn.py", 'reason = "" if one.reason is None else f"    (reason', 'reason = "" if True else f"    (reason'),
    Defect("a notice says the wrong size", "simlib/message/dsn.py", 'len("--\\n") + 2 *', 'len("--\\n") + 3 *'),
    Defect("every notice brings the body back", MTA + "notices.py", "return wanted and not entry.too_large and entry.precedence >= 0", "return True"),
    Defect("relayed to a host with DSN is told twice", MTA + "notices.py", "if recipient.accepted is None and outcome.relay:", "if False:"),
    Defect("receipts that nobody asked for", MTA + "notices.py", 'return recipient.wish.notify is not None and "SUCCESS" in recipient.wish.notify', "return True"),
    Defect("ENVID stays behind", MTA + "sendmail.py", "asked(mail.ret, mail.envid, body)", 'asked(mail.ret, "", body)'),
    Defect("the postmaster gets bodies", MTA + "notices.py", "Notice(POSTMASTER_COPY, (settings.postmaster_copy,), False,", "Notice(POSTMASTER_COPY, (settings.postmaster_copy,), True,"),
    Defect("what goes in circles is delivered as well", MTA + "attempt.py", "deque[Part]() if self.failed else self._parts()", "self._parts()"),
    # MIME
    Defect("a quarter is enough for quoted-printable", "simlib/message/mime.py", "high > size // 8", "high > size // 4"),
    Defect("only the first part is converted", "simlib/message/mime.py", "if not is_part:", "if not is_part or len(out) > 200:"),
    Defect("signed mail is converted", "simlib/message/mime.py", 'if kind == "multipart/signed":', 'if kind == "multipart/none":'),
    Defect("base64 loses its line ends", "simlib/message/encodings.py", 'content.replace(b"\\n", b"\\r\\n")', "content"),
    Defect("a blank at the end of a line is not quoted", "simlib/message/encodings.py", 'or (last and byte in b" \\t")', ""),
    Defect("pass8 converts what has no label", MTA + "conversion.py", "return settings.eight_bit_mode != PASS or", "return True or"),
    Defect("SevenBitInput heeds no BODY=8BITMIME", MTA + "conversion.py", "(settings.seven_bit_input and body != EIGHT)", "settings.seven_bit_input"),
    Defect("strict takes everything", MTA + "conversion.py", "if settings.eight_bit_mode == STRICT and", "if False and"),
    Defect("F=9 does nothing", MTA + "conversion.py", 'elif "9" in mailer.flags and', 'elif "9" in () and'),
    Defect("long lines are left alone", "simlib/message/lines.py", "if not limit or not re", "if True or not re"),
    # messages as bytes
    Defect("a fold begins a new field", "simlib/message/header.py", 'if line[:1] in (b" ", b"\\t") and fields:', "if False:"),
    Defect("line ends count twice", MTA + "submission.py", 'content.replace(b"\\r\\n", b"\\n")', "content"),
    Defect("every host adds a Message-Id", "simlib/message/copy.py", 'if "message-id" not in has:', "if True:"),
    Defect("hops before this world do not count", MTA + "queue_entry.py", 'sum(name.lower() == "received" for', 'sum(False for'),
    # load, disk, ident
    Defect("RefuseLA refuses only above", MTA + "load_control.py", "0 < settings.refuse_la <= load", "0 < settings.refuse_la < load"),
    Defect("QueueLA queues only above", MTA + "load_control.py", "if load < settings.queue_la:", "if load <= settings.queue_la:"),
    Defect("QueueFactor is not shared out", MTA + "load_control.py", "// (load - settings.queue_la + 1)", ""),
    Defect("the reserve of blocks is forgotten", MTA + "load_control.py", "disk.needed(size) + settings.min_free_blocks", "disk.needed(size)"),
    Defect("the load average knows no past", TRACE + "load_average.py", "(one - length) * exp(", "0 * exp("),
    Defect("shared processors are not shared", SITE + "load.py", "min(1.0, self.count / (len(self._jobs) + self._others))", "1.0"),
    Defect("Ident has no time-out", MTA + "ident.py", "return Identity(min(tried.seconds, limit),", "return Identity(tried.seconds,"),
    Defect("modern stacks die of an unreachable", SITE + "filters.py", "return stack == BSD and action", "return action"),
    Defect("a drop is answered", SITE + "network.py", "{DROP: TIMED_OUT,", "{DROP: REFUSED,"),
    # the net and name service
    Defect("a dead host refuses", SITE + "network.py", "        if not server.up:\n            return Connect(TIMED_OUT", "        if not server.up:\n            return Connect(REFUSED"),
    Defect("a broken line is passed", SITE + "network.py", "works = self._links[_ends(one, other)].up and", "works = True and"),
    Defect("processes outlive a power cut", SITE + "host.py", "        self.end_processes()\n        self.processors", "        self.processors"),
    Defect("answers are kept for ever", SITE + "resolver.py", "held[0] > now else None", "held[0] > 0 else None"),
    Defect("SERVFAIL is remembered", SITE + "resolver.py", "        if answer.status != TRY_AGAIN:\n            self._cache[name, kind] = (self.service.env.now + answer.ttl, answer)", "        self._cache[name, kind] = (self.service.env.now + (answer.ttl or 60.0), answer)"),
    # the dialogue
    Defect("MaxMessageSize refuses its own size", SMTP + "server.py", "if limit and command.size > limit:", "if limit and command.size >= limit:"),
    Defect("RSET forgets nothing", SMTP + "server.py", "    def _rset(self, command: Command) -> Reply:\n        self._end_transaction()\n", "    def _rset(self, command: Command) -> Reply:\n"),
    Defect("a 452 to the dot is held against the host", SMTP + "client.py", "sticky = reply.code != 452", "sticky = True"),
    Defect("EHLO is not followed by HELO", SMTP + "client.py", "if reply.permanent and esmtp:", "if False:"),
    # the ledger
    Defect("a delivery is not counted", TRACE + "ledger.py", "        self.delivered += 1\n", ""),
    Defect("handing over leaves a copy", TRACE + "ledger.py", "    def _drop(self, now: float) -> None:\n        self.held -= 1", "    def _drop(self, now: float) -> None:\n        pass"),
    # the shell, statistics, odd peers
    Defect("mailq shows the size with the header", TRACE + "spool.py", "entry.message.body_size", "entry.message.size"),
    Defect("restrictmailq restricts nobody", SHELL + "mail.py", "if not shell.is_root and \"restrictmailq\"", "if False and \"restrictmailq\""),
    Defect("a killed daemon goes on running the queue", MTA + "daemon.py", "        self.mta.interval.stop()\n        if not self._killed:", "        if not self._killed:"),
    Defect("kilobytes are rounded down", TRACE + "statistics.py", "-(-size // KILOBYTE)", "size // KILOBYTE"),
    Defect("each refusal of a session is counted", MTA + "reception.py", "        if not self._refused_before:", "        if True:"),
    Defect("senders are counted by the mailer that delivers", MTA + "sendmail.py", "self.statistics.message_from(self._sender_mailer(entry.sender)", "self.statistics.message_from(self._sender_mailer(entry.recipients[0].address)"),
    Defect("cp /dev/null leaves the counters", SHELL + "files.py", "shell.mta.statistics.clear()", "pass"),
    Defect("a peer never tires of a connection", SMTP + "quirks.py", "if 0 < self.quirks.hangs_after <= self._accepted:", "if False:"),
    Defect("F=C takes comments off", MTA + "delivery.py", "if \"c\" in self.mailer.flags", "if \"C\" in self.mailer.flags"),
    Defect("smapd takes any status for success", MTA + "smap.py", "if not refused or", "if True or"),
    Defect("all versions greet in two lines", MTA + "version.py", "numbers(version) < ONE_LINE_GREETING_SINCE", "True"),
    # privacy
    Defect("VRFY knows everybody", MTA + "inquiry.py", "if not mta.alias_of(user) and not mta.knows_user(user):", "if False:"),
    Defect("trusted users are warned of", MTA + "warning.py", "named_himself or user in mta.cf.trusted or", "named_himself or"),
    Defect("questions not answered leave no trace", MTA + "reception.py", "{command}{'' if allowed else ' [rejected]'}", "{command}"),
    Defect("a sender that was refused leaves no trace", SMTP + "server.py", "if command.sender is not None:", "if False:"),
    Defect("a session about nothing leaves no trace", SMTP + "server.py", "if self._idle:", "if False:"),
    Defect("refused recipients leave no trace", MTA + "reception.py", "            self.malformed(refused)\n", ""),
    Defect("a recipient named twice is two", MTA + "reception.py", "return None if first is rcpt else first", "return None"),
    Defect("one run of an agent has the last detail", MTA + "local.py", "return min(user.partition", "return max(user.partition"),
    Defect("the curious are answered at once", MTA + "reception.py", "        if many <= 0 or count < many:", "        if True:"),
    # security
    Defect("a POP login lets in for ever", MTA + "reception.py", "self.mta.may_relay_until.get(self.client.address, 0.0) > self.mta.site.env.now", "self.client.address in self.mta.may_relay_until"),
    Defect("exposed users are hidden, too", "simlib/message/masquerade.py", " and user not in exposed else", " else"),
    Defect("a hole is counted in the version that fixed it", MTA + "holes.py", "mine < numbers(hole.fixed)", "mine <= numbers(hole.fixed)"),
    # local delivery, aliases, files
    Defect("a full disk is not noticed", MTA + "mailbox.py", "if error and self.agent.checks_writes:\n                self._take_back", "if False:\n                self._take_back"),
    Defect("an unchecked write counts as delivered", MTA + "mailbox.py", "if written < letter.length:", "if False:"),
    Defect("every lock is taken in two steps", MTA + "mailbox.py", " if self.agent.lock == WEAK else 0.0", ""),
    Defect("a full /tmp is not noticed", MTA + "local.py", "if self.agent.checks_writes:\n            disk.take", "if False:\n            disk.take"),
    Defect("one who fails softly does not hold back the others", MTA + "local.py", "return EX_TEMPFAIL if EX_TEMPFAIL in bad else bad[-1]", "return EX_OK"),
    Defect("75 bounces", MTA + "exit_status.py", "if status == EX_TEMPFAIL:", "if False:"),
    Defect("quotas stop nobody", SITE + "disk.py", "return (left, EDQUOT) if left < free else (free, ENOSPC)", "return (free, ENOSPC)"),
    Defect("aliases are followed one step deeper", MTA + "expansion.py", "elif depth > self.mta.settings", "elif depth > 1 + self.mta.settings"),
    Defect("somebody named twice gets two copies", MTA + "expand.py", "if _key(target.address, mta) not in kept]", "]"),
    Defect("group-writable .forward files are believed", MTA + "file_safety.py", "faults = [GROUP_FILE] if _writable(node) else []", "faults: list[str] = []"),
    Defect("directories above are not looked at", MTA + "file_safety.py", "for reason in _faults_above(files, path):", "for reason in ():"),
    Defect("returns of a list go to the sender", MTA + "expand.py", "elif target.owner:", "elif False:"),
    Defect("unknown users are taken", MTA + "verify.py", "if not mta.alias_of(user) and not mta.knows_user(user):", "if False:"),
    Defect("an expanded alias is counted as well", TRACE + "ledger.py", "mine = [account for account in self.accounts if account.state != EXPANDED]", "mine = self.accounts"),
    Defect("EXPN names people in the order of the list", MTA + "inquiry.py", "in reversed(found))", "in found)"),
    # NFS
    Defect("a soft mount waits for ever", SITE + "nfs.py", "gives_up = self.env.now + self.options.gives_up_after if soft else inf", "gives_up = inf"),
    Defect("an alarm is heard with nointr, too", SITE + "nfs.py", "self.options.soft or self.options.intr", "True"),
    Defect("a failed automount is a time-out", SITE + "nfs.py", "return ENOENT if gives_up", "return ETIMEDOUT if gives_up"),
    Defect("stale handles are as good as new", SITE + "nfs.py", "error or (0 if self._handles[key] == self.server.handles else ESTALE)", "error"),
    Defect("nobody asks again at an open", SITE + "nfs.py", "if not self.options.cto and known", "if known"),
    Defect("a mount that is not there yet shows the files", SITE + "tree.py", "mount if mount is not None and mount.stands(path) else None", "mount"),
    Defect("lockd forgets no lock", MTA + "mailbox.py", " or since != state", ""),
    Defect("a home that is not there keeps mail waiting", MTA + "expansion.py", "if error == ENOENT:", "if False:"),
    Defect("on NFS a list's owner is believed", MTA + "expansion.py", "if files.over_nfs(path):", "if False:"),
    # boot, names, replacement
    Defect("a resolver asks its first server only", SITE + "resolver.py", "for asked in self._servers():", "for asked in self._servers()[:1]:"),
    Defect("a host off the net asks the name service of the world", SITE + "resolver.py", "if not self.network.is_on_the_net(self.host):", "if False:"),
    Defect("sendmail asks for its name but once", MTA + "start_up.py", "yield mta.site.env.timeout(SLEEP)\n    if (yield from _resolves(mta, mta.name)):", "yield mta.site.env.timeout(SLEEP)\n    if False:"),
    Defect("a full name that was not found is in class w all the same", MTA + "start_up.py", "own = [mta_name if knows_its_name else short]", "own = [mta_name]"),
    Defect("an address that cannot be looked up is passed over", MTA + "start_up.py", "if not (yield from _resolves(mta, name)):", "if False:"),
    Defect("a daemon heeds a file that was put in place", "simlib/replacement.py", "        self.file = self.saved\n        return", "        self.file = self.saved\n        self.mail.configure(self.file)\n        return"),
    Defect("/etc/rc starts sendmail whatever stands in it", MTA + "daemon.py", "if not self.starts_at_boot:\n            self.kill()\n            return", "if False:\n            return"),
    Defect("a beaten order is on the frontier", SITE + "boot.py", "if not any(_beats(other, toll) for other in every)}", "}"),
    # experiments
    Defect("a run that failed ends the experiment", EXPERIMENT + "work.py", "except Exception as trouble:  # whatever the scenario", "except ZeroDivisionError as trouble:  # whatever the scenario"),
    Defect("results stand in the order in which they came", EXPERIMENT + "__init__.py", "return [(cell, found.get(cell)) for cell in cells]", "return [*found.items()] + [(cell, None) for cell in cells if cell not in found]"),
    Defect("old results are read after a change of the summary", EXPERIMENT + "store.py", "for function in (work.run, work.summary) if", "for function in (work.run,) if"),
    Defect("a result is written in place", EXPERIMENT + "store.py", "fresh = path.with_suffix(f\".{os.getpid()}.new\")", "fresh = path"),
    Defect("half a result is an error", EXPERIMENT + "store.py", "(FileNotFoundError, ValueError, KeyError, TypeError)", "FileNotFoundError"),
    Defect("the interval takes the wrong degrees of freedom", "simlib/estimate.py", "t_95(len(values) - 1)", "t_95(len(values))"),
    Defect("a worker runs on when nobody wants its runs", EXPERIMENT + "work.py", "        if stop.is_set():\n            raise Stopped", "        stop.is_set()"),
    Defect("each combination has seeds of its own", EXPERIMENT + "cells.py", "Cell(combination, seed) for combination in combinations for seed in numbers", "Cell(combination, seed + n) for n, combination in enumerate(combinations) for seed in numbers"),
    Defect("the same run twice counts twice", EXPERIMENT + "cells.py", "if len(set(numbers)) < len(numbers):", "if False:"),
]  # fmt: skip
