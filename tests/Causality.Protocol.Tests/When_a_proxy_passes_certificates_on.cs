using System.Net;
using System.Security.Cryptography.X509Certificates;
using Causality.Contracts.Http;
using Causality.Protocol.Identity;
using Causality.Protocol.Server.Forwarding;
using Causality.Protocol.Tests.Hosting;
using Shouldly;
using Xunit;

namespace Causality.Protocol.Tests;

/// <summary>Row S6 of the bad inputs, and its twin: an ingress that ends TLS.</summary>
public sealed class When_a_proxy_passes_certificates_on : IAsyncDisposable
{
    private readonly OperatorIdentity _peer = TestIdentities.Make("beta");
    private readonly OperatorIdentity _proxy = TestIdentities.Make("proxy");
    private OperatorServer? _server;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
            await _server.DisposeAsync();
        _peer.Dispose();
        _proxy.Dispose();
    }

    public static TheoryData<string> Forms => ["nginx", "der", "envoy"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task The_header_of_a_named_proxy_says_who_comes(string form)
    {
        await StartAsync(("Gateway:ForwardedCertificates:From:0", "127.0.0.0/8"));

        (await AskAsync(_proxy, Write(form, _peer))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AskAsync(null, Write(form, _peer))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_named_proxy_that_says_nothing_or_nonsense_brings_nobody_in()
    {
        await StartAsync(("Gateway:ForwardedCertificates:From:0", "127.0.0.1/32"));
        var good = Write("der", _peer);

        foreach (var header in new[] { null, "", "nonsense", good[..40], good + "\", Cert=\"x", $"Cert=\"{good}\";Cert=\"{good}\"", Write("envoy", _peer) + "," + Write("envoy", _peer), new string('A', 20_000) })
            await (await AskAsync(_peer, header)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await (await AskAsync(_proxy, good, good)).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task A_proxy_that_is_named_by_its_key_needs_the_key()
    {
        await StartAsync(("Gateway:ForwardedCertificates:From:0", "127.0.0.1/32"), ("Gateway:ForwardedCertificates:ProxyPins:0", _proxy.Pin));

        (await AskAsync(_proxy, Write("der", _peer))).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await AskAsync(null, Write("der", _peer))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        (await AskAsync(_peer, "nonsense")).StatusCode.ShouldBe(HttpStatusCode.OK); // Not a proxy: its own key counts, and the header does not.
    }

    [Theory]
    [InlineData(null)]
    [InlineData("10.0.0.0/8")]
    public async Task The_header_of_anybody_else_is_ignored(string? network)
    {
        await StartAsync(network is null ? [] : [("Gateway:ForwardedCertificates:From:0", network)]);

        await (await AskAsync(_proxy, Write("nginx", _peer))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
        await (await AskAsync(null, Write("envoy", _peer))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "unauthenticated");
    }

    [Fact]
    public async Task An_expired_certificate_is_no_better_for_coming_by_a_proxy()
    {
        using var expired = TestIdentities.Make("beta", DateTimeOffset.UtcNow.AddYears(-11));
        await StartAsync(("Gateway:ForwardedCertificates:From:0", "127.0.0.1/32"));
        _server!.Know(expired);

        await (await AskAsync(null, Write("der", expired))).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "certificate-rejected");
    }

    [Theory]
    [InlineData("From:0", "0.0.0.0/0", "everybody")]
    [InlineData("From:0", "proxy.example", "From:0")]
    [InlineData("ProxyPins:0", "abc", "ProxyPins:0")]
    public void Settings_that_make_no_sense_are_named(string setting, string value, string named)
    {
        var options = new ForwardedCertificateOptions();
        (setting.StartsWith("From", StringComparison.Ordinal) ? options.From : options.ProxyPins).Add(value);

        new ForwardedCertificateOptionsValidator().Validate(null, options).FailureMessage.ShouldNotBeNull().ShouldContain(named);
    }

    private async Task StartAsync(params (string Name, object Value)[] settings)
    {
        _server = await OperatorServer.StartAsync(settings: settings);
        _server.Know(_peer);
    }

    private async Task<HttpResponseMessage> AskAsync(OperatorIdentity? shown, params string?[] headers)
    {
        using var client = RawClient.To(_server!.PeerAddress, shown?.Certificate);
        using var request = new HttpRequestMessage(HttpMethod.Get, SyncRoutes.Info);
        foreach (var header in headers.OfType<string>())
            request.Headers.TryAddWithoutValidation("X-Forwarded-Client-Cert", header);
        var answer = await client.SendAsync(request, Token);
        await answer.Content.LoadIntoBufferAsync(Token);
        return answer;
    }

    private static string Write(string form, OperatorIdentity identity) => form switch
    {
        "nginx" => Uri.EscapeDataString(identity.Certificate.ExportCertificatePem() + "\n"),
        "envoy" => $"By=spiffe://x;Hash=00;Subject=\"CN=a,b;c\";Cert=\"{Uri.EscapeDataString(identity.Certificate.ExportCertificatePem())}\"",
        _ => Convert.ToBase64String(identity.Certificate.Export(X509ContentType.Cert)),
    };
}
