using System.Net;
using System.Net.Http.Headers;
using Causality.Contracts;
using Causality.Protocol;
using Causality.Protocol.Client;

namespace Causality.Fuzzing.Targets;

/// <summary>A peer that answers whatever it was given, without a network.</summary>
internal sealed class CannedPeer : HttpMessageHandler
{
    private static readonly PeerEndpoint Peer = new() { Id = "operator-b", Address = "https://b.example:7443", Pins = [] };
    private readonly byte[] _body;
    private readonly string _mediaType;
    private readonly string? _encoding;

    private CannedPeer(byte[] body, string mediaType, string? encoding) => (_body, _mediaType, _encoding) = (body, mediaType, encoding);

    /// <summary>Asks it.</summary>
    /// <param name="body">Its answer.</param>
    /// <param name="mediaType">What it says the answer is.</param>
    /// <param name="encoding">How it says that the answer is encoded; null for not at all.</param>
    /// <param name="fetch">As for a fetch; null for an ordinary request.</param>
    public static async Task<PeerExchange> AskAsync(byte[] body, string mediaType, string? encoding = null, FetchOptions? fetch = null)
    {
        // The exchange owns its lease, and the pool has nothing to close.
        var connections = new PeerConnections(_ => new CannedPeer(body, mediaType, encoding), 1);
        return await PeerExchange.SendAsync(Peer, connections, "/", null, new IdleGuard(new HttpSyncProtocolOptions(), TimeProvider.System, CancellationToken.None), fetch);
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var content = new StreamContent(new MemoryStream(_body)) { Headers = { ContentType = new MediaTypeHeaderValue(_mediaType) } };
        if (_encoding is not null)
            content.Headers.ContentEncoding.Add(_encoding);
        return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = content, RequestMessage = request });
    }
}
