"""What stands under the mail: the network, name service, and hosts that go down and come back."""
