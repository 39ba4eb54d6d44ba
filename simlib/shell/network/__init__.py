"""The network, as a host sees it: name service, connections, whether somebody is there."""
