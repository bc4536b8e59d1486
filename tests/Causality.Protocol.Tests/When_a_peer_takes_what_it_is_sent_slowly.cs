using Causality.Contracts.Http;
using Causality.Core;
using Causality.Protocol.Client;
using Causality.Protocol.Tests.Hosting;
using Causality.Protocol.Wire;
using Causality.TestKit.Fakes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Causality.Protocol.Tests;

/// <summary>A segment that is larger than what the systems between hold, and a peer that reads it as slowly as a thin line would let it.</summary>
public sealed class When_a_peer_takes_what_it_is_sent_slowly
{
    private const int ReadBytes = 256 * 1024;
    private static readonly LogSegment Segment = Samples.Segment("s", 0, 100_000);
    private static readonly HttpSyncProtocolOptions Impatient = new() { IdleTimeout = TimeSpan.FromSeconds(1) };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_be_waited_for_while_bytes_move()
    {
        // Broke: the whole upload had to fit into one idle timeout, so a large segment never came over a thin line.
        await using var server = await HostileServer.StartAsync(
            async context =>
            {
                await ReadSlowlyAsync(context);
                await context.Response.WriteAsJsonAsync(
                    new PushAnswer { ContentHash = Segment.Metadata.ContentHash.ToString(), EntriesAdded = Segment.Count }, ProtocolJson.Answers, SyncMediaTypes.Json);
            },
            Impatient);

        var pushed = await server.Protocol.SendSegmentAsync(server.Endpoint, Segment, null, Token);

        pushed.EntriesAdded.ShouldBe(Segment.Count);
    }

    [Fact]
    public async Task Should_be_given_up_when_it_takes_nothing_any_more()
    {
        await using var server = await HostileServer.StartAsync(
            async context =>
            {
                Allow(context);
                await context.Request.Body.ReadExactlyAsync(new byte[ReadBytes], context.RequestAborted);
                await HostileServer.UntilTheClientLeavesAsync(context);
            },
            Impatient);

        (await Should.ThrowAsync<PeerUnavailableException>(() => server.Protocol.SendSegmentAsync(server.Endpoint, Segment, null, Token))).Message.ShouldContain("idle timeout");
    }

    [Fact]
    public async Task Should_be_given_up_when_it_takes_too_little_to_come_to_an_end()
    {
        await using var server = await HostileServer.StartAsync(
            ReadSlowlyAsync,
            Impatient with { SpeedGrace = TimeSpan.FromMilliseconds(100), MinimumBytesPerSecond = int.MaxValue });

        (await Should.ThrowAsync<PeerUnavailableException>(() => server.Protocol.SendSegmentAsync(server.Endpoint, Segment, null, Token))).Message.ShouldContain("too slow");
    }

    private static async Task ReadSlowlyAsync(HttpContext context)
    {
        Allow(context);
        var buffer = new byte[ReadBytes];
        using var beat = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (await context.Request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, context.RequestAborted) == buffer.Length)
            await beat.WaitForNextTickAsync(context.RequestAborted);
    }

    private static void Allow(HttpContext context) => context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = Segment.Content.Length;
}
