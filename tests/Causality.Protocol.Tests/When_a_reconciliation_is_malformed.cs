using System.Net;
using System.Net.Http.Headers;
using Causality.Contracts.Http;
using Causality.Protocol.Tests.Hosting;

namespace Causality.Protocol.Tests;

public sealed class When_a_reconciliation_is_malformed(ServedOperator served) : IClassFixture<ServedOperator>
{
    private const string Key = "000102030405060708090a0b0c0d0e0f";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(SyncRoutes.Reconcile, "61ff", "bound.timestamp")]
    [InlineData(SyncRoutes.Reconcile, "", "version")]
    [InlineData(SyncRoutes.ReconcileSymbols, "0001", "key")]
    [InlineData(SyncRoutes.ReconcileSymbols, Key + "000000", "count")]
    [InlineData(SyncRoutes.ReconcileSymbols, Key + "0081800100", "count")]
    [InlineData(SyncRoutes.ReconcileSymbols, Key + "8880000100", "count")]
    [InlineData(SyncRoutes.ReconcileSymbols, Key + "000101010000000000", "bytes follow")]
    [InlineData(SyncRoutes.ReconcileSymbols, Key + "0001a001", "ranges")]
    [InlineData(SyncRoutes.ReconcileSegments, "04", "form")]
    [InlineData(SyncRoutes.ReconcileSegments, "020002aaaa", "ids")]
    [InlineData(SyncRoutes.ReconcileSegments, "000002aaaa", "ids")]
    [InlineData(SyncRoutes.ReconcileEntrySymbols, Key + "000102" + "0001" + "62" + "0000000000000000" + "0001" + "61" + "0000000000000000", "ascend")]
    [InlineData(SyncRoutes.ReconcileEntrySymbols, Key + "000101" + "0001" + "2f" + "0000000000000000", "not a segment id")]
    [InlineData(SyncRoutes.ReconcileEntries, Key + "00ce11", "ids")]
    public async Task Should_name_the_fault(string route, string hex, string fault)
    {
        var problem = await (await PostAsync(route, Convert.FromHexString(hex))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "malformed-message");

        problem.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(fault);
    }

    [Fact]
    public async Task Should_refuse_a_declared_body_over_its_bound_before_it_is_read()
    {
        var request = $"POST {SyncRoutes.Reconcile} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {SyncMediaTypes.Negentropy}\r\nContent-Length: {SyncLimits.MaxReconciliationBytes + 1}\r\n\r\n";

        var answer = await RawClient.StatusOfTargetAsync(served.Server.PeerAddress, served.Peer.Certificate, request, Token);

        answer.ShouldStartWith("HTTP/1.1 413 ");
        answer.ShouldContain("payload-too-large");
    }

    [Fact]
    public async Task Should_refuse_another_content_type() =>
        await (await served.Client.PostAsync(SyncRoutes.Reconcile, RawClient.Json("{}"), Token)).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");

    [Theory]
    [InlineData("{\"segments\":[{\"id\":\"b\",\"content_hash\":\"HASH\"},{\"id\":\"a\",\"content_hash\":\"HASH\"}]}", "segments[1].id")]
    [InlineData("{\"after\":\"b\",\"segments\":[{\"id\":\"b\",\"content_hash\":\"HASH\"}]}", "segments[0].id")]
    [InlineData("{\"until\":\"a\",\"segments\":[{\"id\":\"b\",\"content_hash\":\"HASH\"}]}", "segments[0].id")]
    public async Task Should_refuse_a_diff_out_of_order_or_range(string body, string field)
    {
        var answer = await served.Client.PostAsync(SyncRoutes.Diff, RawClient.Json(body.Replace("HASH", new string('0', 64), StringComparison.Ordinal)), Token);

        (await answer.ShouldBeProblemAsync(HttpStatusCode.BadRequest, "field-out-of-range")).GetProperty("field").GetString().ShouldBe(field);
    }

    private Task<HttpResponseMessage> PostAsync(string route, byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(route == SyncRoutes.Reconcile ? SyncMediaTypes.Negentropy : SyncMediaTypes.Reconciliation);
        return served.Client.PostAsync(route, content, Token);
    }
}
