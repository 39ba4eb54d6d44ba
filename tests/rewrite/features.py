"""More configurations than those of files: features that the others do not name, alone and together, and old styles."""

from collections.abc import Mapping

HEAD = """OSTYPE(linux)
define(`confDOMAIN_NAME', `mail.here.example')
define(`confDONT_PROBE_INTERFACES', `True')
define(`confTO_IDENT', `0s')
FEATURE(no_default_msa)
"""
TAIL = "MAILER(local)\nMAILER(smtp)\n"
TABLE = "FEATURE({0}, `hash -o /etc/mail/{0}.db')\n"
ACCESS = "FEATURE(access_db, `hash -o /etc/mail/access.db')\n"
MASQUERADE = "MASQUERADE_AS(`here.example')\nMASQUERADE_DOMAIN(`old.here.example')\n"

FEATURES: Mapping[str, str] = {
    "accept-unqualified": "FEATURE(accept_unqualified_senders)\nFEATURE(accept_unresolvable_domains)\n",
    "allmasquerade": MASQUERADE + "FEATURE(allmasquerade)\nFEATURE(masquerade_envelope)\n",
    "always-add-domain": "FEATURE(always_add_domain, `here.example')\n",
    "authinfo": "FEATURE(authinfo, `hash -o /etc/mail/access.db')\n",
    "bestmx-is-local": "FEATURE(bestmx_is_local, `example')\n",
    "bitdomain": "FEATURE(bitdomain, `hash -o /etc/mail/domaintable.db')\n",
    "blocklist": ACCESS + "FEATURE(blocklist_recipients)\nFEATURE(delay_checks, `friend')\n",
    "bogus-helo": ACCESS + "FEATURE(block_bad_helo)\nFEATURE(greet_pause, `500')\nFEATURE(conncontrol)\n",
    "compat-check": ACCESS + "FEATURE(compat_check)\n",
    "delay-hater": ACCESS + "FEATURE(delay_checks, `hater')\n",
    "dnsbl": "FEATURE(dnsbl, `bl.example', `\"550 listed: \" $&{client_addr}')\nFEATURE(enhdnsbl, `bl.example')\n",
    "domainmap": "FEATURE(domainmap, `hash -o /etc/mail/domaintable.db')\n",
    "entire-generics": "FEATURE(genericstable, `hash -o /etc/mail/genericstable.db')\nGENERICS_DOMAIN(`here.example')\n"
    "FEATURE(generics_entire_domain)\n",
    "entire-virtuser": "FEATURE(virtusertable, `hash -o /etc/mail/virtusertable.db')\nVIRTUSER_DOMAIN(`virt.example')\n"
    "FEATURE(virtuser_entire_domain)\n",
    "limited-entire": MASQUERADE + "FEATURE(limited_masquerade)\nFEATURE(masquerade_entire_domain)\n",
    "local-no-masquerade": MASQUERADE + "FEATURE(local_no_masquerade)\nEXPOSED_USER(`root hana')\n",
    "loose-relay": ACCESS
    + "FEATURE(loose_relay_check)\nFEATURE(relay_local_from)\nFEATURE(relay_mail_from, `domain')\n",
    "lookupdotdomain": ACCESS + "FEATURE(lookupdotdomain)\nFEATURE(require_rdns)\nFEATURE(use_client_ptr)\n",
    "local-hub": "define(`LOCAL_RELAY', `hub.here.example')\ndefine(`MAIL_HUB', `smtp:hub.here.example')\n"
    "LOCAL_USER(`root')\nFEATURE(stickyhost)\n",
    "luser-relay": "define(`LUSER_RELAY', `relay:hub.here.example')\nFEATURE(preserve_luser_host)\n",
    "nocanonify": "FEATURE(nocanonify, `canonify_hosts')\nCANONIFY_DOMAIN(`remote.example')\n",
    "nopercent": "FEATURE(nopercenthack)\nFEATURE(nouucp, `reject')\nFEATURE(preserve_local_plus_detail)\n",
    "notsticky": "FEATURE(notsticky)\nFEATURE(redirect)\nFEATURE(smrsh)\n",
    "nullclient": "",  # its only lines are in WHOLE
    "prefixmod": "FEATURE(prefixmod, `PRE ')\n",
    "promiscuous": "FEATURE(promiscuous_relay)\n",
    "relay-entire": "FEATURE(relay_entire_domain)\nFEATURE(relay_based_on_MX)\nRELAY_DOMAIN(`good.example')\n",
    "relay-hosts": "FEATURE(relay_hosts_only)\nRELAY_DOMAIN(`good.example')\n",
    "rhsbl": ACCESS + "FEATURE(rhsbl, `bl.example')\n",
    "smart-mailer": "define(`SMART_HOST', `esmtp:[127.0.0.3]')\nMODIFY_MAILER_FLAGS(`SMTP', `+R')\n",
    "tables": "".join(map(TABLE.format, ("mailertable", "domaintable", "virtusertable"))) + ACCESS,
    "uucp": "FEATURE(uucpdomain, `hash -o /etc/mail/domaintable.db')\ndefine(`UUCP_RELAY', `hub.here.example')\n"
    "define(`BITNET_RELAY', `relay:hub.here.example')\ndefine(`DECNET_RELAY', `hub.here.example')\n",
    "ratecontrol": ACCESS + "FEATURE(`ratecontrol', `nodelay', `terminate')\nFEATURE(`tls_failures')\n",
    "vnet": "FEATURE(vnet)\ndefine(`FAX_RELAY', `hub.here.example')\n",
    "other-checks": ACCESS + "FEATURE(check_other)\nFEATURE(mtamark)\n",
}
"""What stands between the head and the tail, by a name."""

WHOLE: Mapping[str, str] = {
    "nullclient": HEAD + "FEATURE(nullclient, `hub.here.example')\nundefine(`ALIAS_FILE')\n",
}


def source(name: str) -> str:
    """The .mc text of one."""
    return WHOLE.get(name, HEAD + FEATURES[name] + TAIL)


# Written by hand, as sites wrote them before there was m4: single letters, rulesets by number, no V line or an old one
V1 = """# before 8: options are letters, no V line
DjMAIL.here.example
DDhere.example
DRhub.here.example
Do.:%@!^=/[]
Cwmail localhost mail.here.example
CPinvalid UUCP BITNET
OA/etc/mail/aliases
OQ/var/spool/mqueue
S3
R$*<$*<$*>$*>$*\t$2<$3>$4
R$*<$+>$*\t$2
R$+at$+\t$1@$2
R$*<>$*\t$n
R@$+,$+:$+\t@$1:$2:$3
R@$+:$+\t$@$>6<@$1>:$2
R$+@$+\t$:$1<@$2>
R$+<$+@$+>\t$1$2<@$3>
R$+<@$+>\t$@$>6$1<@$2>
R$-!$+\t$@$>6$2<@$1.UUCP>
R$+%$+\t$:$>9$1%$2
R$+<@$+>\t$@$>6$1<@$2>
S6
R$*<@$=w>$*\t$:$1<@$D>$3
R$*<@$+.>$*\t$1<@$2>$3
R$*<@$-.$=P>$*\t$@$1<@$2.$3>$4
R$*<@$+>$*\t$:$1<@$[$2$]>$3
S9
R$*%$*\t$1@$2
R$*@$*@$*\t$1%$2@$3
R$*@$*\t$@$1<@$2>
S0
R<@$+>:$+\t$@$>0$>3$2
R$*<@$D>\t$#local$:$1
R$*<@[$+]>\t$#tcp$@[$2]$:$1@[$2]
R$*<@$-.UUCP>\t$#uucp$@$2$:$1
R$*<@$+.$=P>\t$#error$:"no route to "$2.$3
R$*<@$*$~P>\t$#tcp$@$2$3$:$1<@$2$3>
R$+<@$+>\t$#tcp$@$R$:$1<@$2>
R$+\t$#local$:$1
S4
R$+<@$+.>\t$1@$2
R$+<@$+>\t$1@$2
R<@$+>:$+:$+\t@$1,$2:$3
S1
S2
S10
R$+@$+\t$@$1@$2
R$-\t$@$1@$D
S20
Mlocal, P=/bin/mail, F=rlsDFMmn, S=10, R=20, A=mail -d $u
Mprog, P=/bin/sh, F=lsDFMe, S=10, R=20, A=sh -c $u
Mtcp, P=[IPC], F=mDFMueXLC, S=10, R=20, E=\\r\\n, A=IPC $h
Muucp, P=/usr/bin/uux, F=DFMhuU, S=10, R=20, A=uux - $h!rmail ($u)
"""
V5 = """V5
Dj$w.here.example
DMhere.example
Cw mail.here.example
C{Odd}a.b c-d
O OperatorChars=.:%@!^/[]+
O QueueDirectory=/var/spool/mqueue
Khosts host -a<ok> -T<later>
Kdq dequote -a!
Kalias text -o -k0 -v1 -z: /etc/mail/aliases
S3
R$*\t$: <> $1
R<> $* < $+ > $*\t$2
R<> $*\t$: $1
R$+ @ $+\t$: $1 < @ $(hosts $2 $: $2 <no> $) >
R$+ < @ $+ <ok> >\t$@ $1 < @ $2 . >
R$+ < @ $+ <no> >\t$@ $1 < @ $2 >
R$+ < @ $+ <later> >\t$# error $@ 4.4.3 $: later
S0
R$+ < @ $=w . >\t$# local $: $(dq $1 $)
R$+ < @ $={Odd} >\t$# local $: odd . $1
R$+ < @ $+ . >\t$# smtp $@ $2 $: $1 < @ $2 . >
R$+ < @ $+ >\t$# smtp $@ $2 $: $1 @ $2
R$+ < @ >\t$# error $@ 5.1.2 $: "host?"
R$+\t$# local $: $1
S4
R$* < @ $+ . > $*\t$1 @ $2 $3
R$* < @ $+ > $*\t$1 @ $2 $3
S11
R$+ @ $+\t$@ $1 @ $2
R$+\t$@ $1 @ $M
S21
R$- $-\t$1 . $2
Mlocal, P=/bin/mail, F=lsDFMAw5:/|@qrmn9, S=11, R=21, A=mail -d $u
Mprog, P=/bin/sh, F=lsDFMoqeu9, S=11, R=21, A=sh -c $u
Msmtp, P=[IPC], F=mDFMuX, S=11/21, R=21, E=\\r\\n, A=TCP $h
"""
V7 = """V7/Berkeley
DWwww
D{Site}here.example
Dj$W.${Site}
Cw${Site} localhost
O OperatorChars=.:%@!^/[]+
O BlankSub=_
O QueueDirectory=/var/spool/mqueue
Scanonify=3
R$* ( $* ) $*\t$1 $3
R$* < $* > $*\t$: $2
R$- . $- @ $+\t$: $2 _ $1 < @ $3 >
R$+ @ $+\t$: $1 < @ $2 >
R$+ $+ < @ $+ >\t$: $1 . $2 < @ $3 >
Sparse=0
R$* < @ $={w} >\t$# local $: $1
R$* < @ $+ >\t$# smtp $@ $2 $: $?{Site}$1 at ${Site}$|$1$. < @ $2 >
R$*\t$# local $: $&{Site} $1
Sfinal=4
R$* < @ $* > $*\t$1 @ $2 $3
SEnv
R$*\t$: $>Hdr $1
SHdr
R$- @ $*\t$@ $1 @ $2
R$-\t$@ $1 @ $j
Mlocal, P=/bin/mail, F=lsDFMAw5:/|@qrmn9, S=Env/Hdr, R=Hdr, A=mail -d $u
Mprog, P=/bin/sh, F=lsDFMoqeu9, A=sh -c $u
Msmtp, P=[IPC], F=mDFMuX, S=Env/Hdr, R=Env, E=\\r\\n, A=TCP $h
"""
BY_HAND: Mapping[str, str] = {"level-1": V1, "level-5": V5, "level-7": V7}
