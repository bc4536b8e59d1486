using System.Net;
using Causality.Contracts;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Client;
using Causality.Protocol.Identity;
using Causality.Protocol.Server;
using Causality.Protocol.Tests.Hosting;
using Causality.TestKit.Fakes;

namespace Causality.Protocol.Tests;

public sealed class When_a_peer_pushes(ServedOperator served) : IClassFixture<ServedOperator>
{
    private readonly LogSegment _segment = Samples.Segment("pushed", 0, 3, "beta");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(PeerPermissions.Read | PeerPermissions.Resolve, false)]
    [InlineData(PeerPermissions.None, false)]
    [InlineData(PeerPermissions.Write, true)]
    public async Task Only_one_that_may_write_is_taken_from(PeerPermissions permissions, bool isTaken)
    {
        using var identity = TestIdentities.Make("gamma");
        served.Server.Know(identity, permissions);
        using var protocol = new HttpSyncProtocol(identity, new HttpSyncProtocolOptions(), TimeProvider.System);
        var segment = Samples.Segment($"by-{permissions}".Replace(", ", "-", StringComparison.Ordinal), 0, 3, "beta");

        if (isTaken)
            (await protocol.SendSegmentAsync(served.Server.Endpoint, segment, null, Token)).EntriesAdded.ShouldBe(3);
        else
            (await Should.ThrowAsync<PeerRefusedException>(() => protocol.SendSegmentAsync(served.Server.Endpoint, segment, null, Token))).Reason.ShouldBe(SyncReasons.PeerRefused);
        (await served.Server.Log.ExportSegmentAsync(segment.Metadata.Id, Token) is not null).ShouldBe(isTaken);
    }

    [Fact]
    public async Task One_that_may_only_write_reads_nothing()
    {
        using var identity = TestIdentities.Make("delta");
        served.Server.Know(identity, PeerPermissions.Write);
        using var client = RawClient.To(served.Server.PeerAddress, identity.Certificate);

        await (await client.GetAsync(SyncRoutes.Info, Token)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "permission-denied");
    }

    [Fact]
    public async Task Another_hash_than_the_one_named_is_refused_and_nothing_stored() =>
        await RefusedAsync(Request(content => content.Headers.Add(SyncHeaders.ContentHash, new string('0', 64))), HttpStatusCode.UnprocessableContent, "content-hash-mismatch");

    [Fact]
    public async Task Content_that_is_no_segment_is_refused()
    {
        var bytes = "{}\n"u8.ToArray();
        await RefusedAsync(
            Request(content => content.Headers.Add(SyncHeaders.ContentHash, ContentHash.Of(bytes).ToString()), bytes), HttpStatusCode.UnprocessableContent, "segment-invalid");
    }

    [Fact]
    public async Task Neither_a_hash_nor_an_origin_may_be_missing()
    {
        await RefusedAsync(Request(_ => { }), HttpStatusCode.BadRequest, "invalid-hash");
        var request = Request(content => content.Headers.Add(SyncHeaders.ContentHash, _segment.Metadata.ContentHash.ToString()));
        request.Headers.Remove(SyncHeaders.Origin);
        await RefusedAsync(request, HttpStatusCode.BadRequest, "field-out-of-range");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_before_it_is_read()
    {
        var request = Request(content => content.Headers.Add(SyncHeaders.ContentHash, _segment.Metadata.ContentHash.ToString()), new byte[SegmentLimits.MaxBytes + 1]);
        request.Headers.ExpectContinue = true;
        await RefusedAsync(request, HttpStatusCode.RequestEntityTooLarge, "payload-too-large");
    }

    [Fact]
    public async Task A_refusal_of_one_segment_is_an_answer_with_a_reason()
    {
        const int half = (SegmentLimits.MaxEntries / 2) + 1;
        await served.Server.Log.ImportSegmentAsync(Samples.Segment("full", 0, half, "beta"), Token);
        using var protocol = new HttpSyncProtocol(served.Peer, new HttpSyncProtocolOptions(), TimeProvider.System);

        var pushed = await protocol.SendSegmentAsync(served.Server.Endpoint, Samples.Segment("full", half, half, "beta"), null, Token);

        (pushed.Reason, pushed.EntriesAdded).ShouldBe((SyncReasons.SegmentTooLarge, 0L));
    }

    private HttpRequestMessage Request(Action<HttpRequestMessage> change, byte[]? content = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, SyncRoutes.SegmentOf(_segment.Metadata.Id.Value)) { Content = new ByteArrayContent(content ?? _segment.Content.ToArray()) };
        request.Content.Headers.ContentType = new(SyncMediaTypes.Segment);
        request.Headers.Add(SyncHeaders.Origin, "beta");
        change(request);
        return request;
    }

    private async Task RefusedAsync(HttpRequestMessage request, HttpStatusCode status, string type)
    {
        using (request)
            await (await served.Client.SendAsync(request, Token)).ShouldBeProblemAsync(status, type);
        (await served.Server.Log.ExportSegmentAsync(_segment.Metadata.Id, Token)).ShouldBeNull();
    }
}
