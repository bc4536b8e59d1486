using System.Net;
using System.Text.Json;
using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Wire;

namespace Causality.Protocol.Client;

/// <summary>Makes requests to peers.</summary>
internal static class PeerRequests
{
    private static HttpRequestMessage Put(Uri address, LogSegment segment, Action<int, int> sent)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new WatchedContent(segment.Content, sent),
        };
        request.Headers.Add(SyncHeaders.Origin, segment.Metadata.Origin.Value);
        request.Headers.Add(SyncHeaders.ContentHash, segment.Metadata.ContentHash.ToString());
        request.Content.Headers.ContentType = new(SyncMediaTypes.Segment);
        return request;
    }

    /// <param name="address">Where to.</param>
    /// <param name="body">As for <see cref="PeerExchange.SendAsync"/>.</param>
    /// <param name="sent">Told of each piece of a segment that has gone out, and of how many bytes are left.</param>
    public static HttpRequestMessage Of(Uri address, object? body, Action<int, int> sent)
    {
        if (body is LogSegment segment)
            return Put(address, segment, sent);

        // HTTP/1.1: measured twice as fast as HTTP/2 for contents of this size.
        var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, address) { Version = HttpVersion.Version11, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        if (body is BinaryBody binary)
        {
            request.Content = new ReadOnlyMemoryContent(binary.Bytes);
            request.Content.Headers.ContentType = new(binary.MediaType);
        }
        else if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), ProtocolJson.Requests));
            request.Content.Headers.ContentType = new(SyncMediaTypes.Json);
        }

        return request;
    }
}
