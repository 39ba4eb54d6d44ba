"""The words that PrivacyOptions, DontBlameSendmail and ResolverOptions know [sendmail conf.c, readcf.c]."""

_PRIVACY = (
    "public needmailhelo needexpnhelo needvrfyhelo noexpn novrfy authwarnings noverb restrictmailq restrictqrun "
    "restrictexpand noetrn nobodyreturn noreceipts goaway noactualrecipient noreflection"
)

_DONT_BLAME = (
    "safe assumesafechown certowner classfileinunsafedirpath dontwarnforwardfileinunsafedirpath "
    "errorheaderinunsafedirpath filedeliverytohardlink filedeliverytosymlink forwardfileingroupwritabledirpath "
    "forwardfileinunsafedirpath forwardfileinunsafedirpathsafe groupreadabledefaultauthinfofile groupreadablekeyfile "
    "groupreadablesasldbfile groupwritablealiasfile groupwritabledirpathsafe groupwritableforwardfile "
    "groupwritableforwardfilesafe groupwritableincludefile groupwritableincludefilesafe groupwritablesasldbfile "
    "helpfileinunsafedirpath includefileingroupwritabledirpath includefileinunsafedirpath "
    "includefileinunsafedirpathsafe insufficiententropy linkedaliasfileinwritabledir linkedclassfileinwritabledir "
    "linkedforwardfileinwritabledir linkedincludefileinwritabledir linkedmapinwritabledir "
    "linkedserviceswitchfileinwritabledir mapinunsafedirpath nonrootsafeaddr runprograminunsafedirpath "
    "runwritableprogram truststickybit worldwritablealiasfile worldwritableforwardfile worldwritableincludefile "
    "writemaptohardlink writemaptosymlink writestatstohardlink writestatstosymlink"
)

_RESOLVER = (
    "debug aaonly usevc primary igntc recurse defnames stayopen dnsrch use_inet6 use_edns0 use_dnssec true "
    "haswildcardmx workaroundbrokenaaaa"
)

FLAGS = {
    "PrivacyOptions": _PRIVACY.split(),
    "DontBlameSendmail": _DONT_BLAME.split(),
    "ResolverOptions": _RESOLVER.split(),
}
