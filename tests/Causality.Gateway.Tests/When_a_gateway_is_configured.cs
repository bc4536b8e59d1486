using Causality.Gateway.Options;
using Causality.Protocol.Server.Listeners;

namespace Causality.Gateway.Tests;

public sealed class When_a_gateway_is_configured
{
    [Fact]
    public void Every_fault_is_named_with_its_setting()
    {
        var result = new GatewayOptionsValidator().Validate(null, new GatewayOptions { PeerUrl = "http://0.0.0.0:7443", AdvertisedUrl = "somewhere" });

        result.Failures!.ShouldContain(failure => failure.Contains("Gateway:PeerUrl") && failure.Contains("http://0.0.0.0:7443"));
        result.Failures!.ShouldContain(failure => failure.Contains("Gateway:AdvertisedUrl"));
    }

    [Fact]
    public void The_defaults_are_valid() => new GatewayOptionsValidator().Validate(null, new GatewayOptions()).Succeeded.ShouldBeTrue();

    [Theory]
    [InlineData("https://0.0.0.0:7443", true)]
    [InlineData("https://*:0", true)]
    [InlineData("https://[::1]:7443", true)]
    [InlineData("https://localhost:7443", true)]
    [InlineData("https://example.org:7443", false)]
    [InlineData("https://0.0.0.0:70000", false)]
    [InlineData("https://0.0.0.0:7443/path", false)]
    [InlineData("0.0.0.0:7443", false)]
    [InlineData("", false)]
    public void A_listening_address_is_an_ip_address_localhost_or_every_address(string url, bool isValid) => ListenAddress.TryParse(url, "https", out _).ShouldBe(isValid);
}
