using System.Net;
using Causality.Protocol.Client.Addresses;
using Causality.Protocol.Tests.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;
using Shouldly;
using Xunit;

namespace Causality.Protocol.Tests;

/// <summary>Row S44 of the bad inputs: which addresses peers may have.</summary>
public sealed class PeerAddressRulesTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("100.63.255.255")]
    [InlineData("172.32.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("::ffff:8.8.8.8")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("2002:808:808::1")]
    public void Public_addresses_are_allowed(string address) => RefusalOf(address).ShouldBeNull();

    [Theory]
    [InlineData("127.0.0.1", "AllowLoopback")]
    [InlineData("127.255.0.3", "AllowLoopback")]
    [InlineData("::1", "AllowLoopback")]
    [InlineData("::ffff:127.0.0.1", "AllowLoopback")]
    [InlineData("::127.0.0.1", "AllowLoopback")]
    [InlineData("64:ff9b::7f00:1", "AllowLoopback")]
    [InlineData("2002:7f00:1::", "AllowLoopback")]
    [InlineData("10.1.2.3", "AllowPrivateNetworks")]
    [InlineData("172.16.0.1", "AllowPrivateNetworks")]
    [InlineData("172.31.255.255", "AllowPrivateNetworks")]
    [InlineData("192.168.0.1", "AllowPrivateNetworks")]
    [InlineData("100.64.0.1", "AllowPrivateNetworks")]
    [InlineData("fd12::1", "AllowPrivateNetworks")]
    [InlineData("fec0::1", "AllowPrivateNetworks")]
    [InlineData("::ffff:10.0.0.1", "AllowPrivateNetworks")]
    [InlineData("64:ff9b::a00:1", "AllowPrivateNetworks")]
    [InlineData("2002:c0a8:1::1", "AllowPrivateNetworks")]
    [InlineData("169.254.1.1", "PeerAddresses:Allow")]
    [InlineData("fe80::1", "PeerAddresses:Allow")]
    [InlineData("192.0.2.1", "PeerAddresses:Allow")]
    [InlineData("198.18.0.1", "PeerAddresses:Allow")]
    [InlineData("240.0.0.1", "PeerAddresses:Allow")]
    [InlineData("2001:db8::1", "PeerAddresses:Allow")]
    [InlineData("2001:0:7f00:1::", "PeerAddresses:Allow")]
    [InlineData("64:ff9b:1::a00:1", "PeerAddresses:Allow")]
    [InlineData("169.254.169.254", "metadata")]
    [InlineData("::ffff:169.254.169.254", "metadata")]
    [InlineData("64:ff9b::a9fe:a9fe", "metadata")]
    [InlineData("fd00:ec2::254", "metadata")]
    [InlineData("100.100.100.200", "metadata")]
    [InlineData("168.63.129.16", "metadata")]
    [InlineData("0.0.0.0", "no address of one machine")]
    [InlineData("0.1.2.3", "no address of one machine")]
    [InlineData("::", "no address of one machine")]
    [InlineData("224.0.0.1", "no address of one machine")]
    [InlineData("255.255.255.255", "no address of one machine")]
    [InlineData("ff02::1", "no address of one machine")]
    public void All_others_are_refused_and_the_setting_is_named(string address, string named) => RefusalOf(address).ShouldNotBeNull().ShouldContain(named);

    [Fact]
    public void Each_setting_allows_its_kind_and_no_other()
    {
        var loopback = new PeerAddressOptions { AllowLoopback = true };
        var privates = new PeerAddressOptions { AllowPrivateNetworks = true };

        RefusalOf("::ffff:127.0.0.1", loopback).ShouldBeNull();
        RefusalOf("10.0.0.1", loopback).ShouldNotBeNull();
        RefusalOf("10.0.0.1", privates).ShouldBeNull();
        RefusalOf("127.0.0.1", privates).ShouldNotBeNull();
        RefusalOf("169.254.169.254", privates).ShouldNotBeNull();
        RefusalOf("fd00:ec2::254", privates).ShouldNotBeNull();
    }

    [Fact]
    public void A_network_that_is_named_is_allowed()
    {
        var options = new PeerAddressOptions { Allow = { "10.20.0.0/16", "fe80::/10" } };

        RefusalOf("10.20.3.4", options).ShouldBeNull();
        RefusalOf("::ffff:10.20.3.4", options).ShouldBeNull();
        RefusalOf("fe80::7", options).ShouldBeNull();
        RefusalOf("10.21.0.1", options).ShouldNotBeNull();
        new PeerAddressOptionsValidator().Validate(null, new PeerAddressOptions { Allow = { "10.20.0.0/40" } }).FailureMessage.ShouldNotBeNull().ShouldContain("PeerAddresses:Allow:0");
    }

    [Theory]
    [InlineData("https://127.0.0.1:7443", true)]
    [InlineData("https://localhost:7443", true)]
    [InlineData("https://0.0.0.0:7443", false)]
    [InlineData(null, false)]
    public void An_operator_that_listens_on_this_machine_only_may_have_peers_there(string? peerUrl, bool isAllowed)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Gateway:PeerUrl", peerUrl)]).Build();

        (new PeerAddressRules(Options.Create(new PeerAddressOptions()), new FixedResolver(), configuration).RefusalOf(IPAddress.Loopback) is null).ShouldBe(isAllowed);
    }

    [Theory]
    [InlineData("https://2130706433")]
    [InlineData("https://0177.0.0.1")]
    [InlineData("https://0x7f.1")]
    [InlineData("https://0x7f000001")]
    [InlineData("https://127.1")]
    [InlineData("https://[::ffff:7f00:1]")]
    [InlineData("https://localhost")]
    [InlineData("https://both.example")]
    public async Task Other_ways_to_write_an_address_and_names_are_looked_through(string address)
    {
        var rules = new PeerAddressRules(Options.Create(new PeerAddressOptions()), new FixedResolver { ["both.example"] = ["8.8.8.8", "127.0.0.1"] });

        (await Should.ThrowAsync<PeerAddressException>(() => rules.CheckAsync(new Uri(address), Token))).Message.ShouldContain("AllowLoopback");
    }

    [Fact]
    public async Task A_name_that_is_not_known_today_may_be_added() =>
        await new PeerAddressRules(Options.Create(new PeerAddressOptions()), new FixedResolver()).CheckAsync(new Uri("https://later.example"), Token);

    private static string? RefusalOf(string address, PeerAddressOptions? options = null) =>
        new PeerAddressRules(Options.Create(options ?? new PeerAddressOptions()), new FixedResolver()).RefusalOf(IPAddress.Parse(address));
}
