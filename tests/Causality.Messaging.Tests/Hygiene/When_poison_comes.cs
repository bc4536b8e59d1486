using System.Text;
using Causality.Contracts;
using Causality.Messaging.Tests.Hosting;
using MassTransit;

namespace Causality.Messaging.Tests.Hygiene;

/// <summary>Fault matrix, F32: whatever a message is, it ends somewhere where it can be looked at, and the healthy ones behind it are served.</summary>
public sealed class When_poison_comes
{
    private const string Envelope = "application/vnd.masstransit+json";
    private const string Requested = "Causality.Contracts:SyncRequested";

    public static TheoryData<string, string, string> Poison => new()
    {
        { "empty body", "application/json", "request_error" },
        { "empty envelope", Envelope, "request_error" },
        { "list", "application/json", "request_error" },
        { "deep", "application/json", "request_error" },
        { "no utf-8", "application/json", "request_error" },
        { "wrong member type", "application/json", "request_error" },
        { "wrong type URN", Envelope, "request_skipped" },
        { "foreign content type", "application/x-protobuf", "request_error" },
        { "15 MB", "application/json", "request_error" },
    };

    [Theory, MemberData(nameof(Poison))]
    public async Task Should_be_kept_as_it_was_and_healthy_messages_be_served(string kind, string contentType, string where)
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        await using var service = await Service.StartAsync(backend, bus => bus.AddConsumer<RequestConsumer>(), options => options.RetryLimit = 2);
        await using var raw = new RawClient(backend);

        var body = Body(kind);
        await raw.PublishAsync(Requested, body, contentType, $"poison {kind}");
        await raw.PublishAsync(Requested, """{"peerId":"healthy"}"""u8.ToArray(), "application/json");

        await service.Seen.WaitAsync("requested healthy");
        var kept = (await Eventually.BecomesAsync(() => TakeAsync(raw, where), letter => letter is not null, $"the {kind} message is in {where}"))!;
        kept.MessageId.ShouldBe($"poison {kind}");
        kept.Body.ShouldBe(Encoding.UTF8.GetString(body));
        service.Seen.Of("requested").Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_failed_plain_message_should_keep_the_type_that_its_exchange_told()
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        await using var service = await Service.StartAsync(backend, bus => bus.AddConsumer<RequestConsumer>(), options => options.RetryLimit = 2);
        await using var raw = new RawClient(backend);

        await raw.PublishAsync(Requested, """{"peerId":"explosive"}"""u8.ToArray(), "application/json", "boom");

        var kept = (await Eventually.BecomesAsync(() => raw.TakeAsync("request_error"), letter => letter is not null, "the message is in request_error"))!;
        kept.Headers["MT-MessageType"].ShouldBe("urn:message:Causality.Contracts:SyncRequested");
        kept.Headers["MT-Fault-ExceptionType"].ShouldContain(nameof(InvalidOperationException));
        kept.Headers["MT-Fault-Message"].ShouldBe("Boom.");
        service.Seen.Of("requested explosive").Count.ShouldBe(3);
    }

    private static async Task<RawClient.Letter?> TakeAsync(RawClient raw, string queue) =>
        (await raw.QueuesAsync()).ContainsKey(queue) ? await raw.TakeAsync(queue) : null;

    private static byte[] Body(string kind) => kind switch
    {
        "empty body" or "empty envelope" => [],
        "list" => "[]"u8.ToArray(),
        "deep" => Encoding.UTF8.GetBytes("""{"peerId":""" + new string('[', 100) + new string(']', 100) + "}"),
        "no utf-8" => [(byte)'{', (byte)'"', 0xff, 0xfe, (byte)'"', (byte)':', (byte)'1', (byte)'}'],
        "wrong member type" => """{"peerId":{"name":"operator-b"}}"""u8.ToArray(),
        "wrong type URN" => """{"messageType":["urn:message:Causality.Contracts:NoSuchThing"],"message":{"peerId":"operator-b"}}"""u8.ToArray(),
        "foreign content type" => [0x0a, 0x03, 0x66, 0x6f, 0x6f],
        "15 MB" => Encoding.UTF8.GetBytes("""{"peerId":["x""" + new string('x', 15_000_000) + "\"]}"),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such poison."),
    };

    private sealed class RequestConsumer(Observations seen) : IConsumer<SyncRequested>
    {
        public Task Consume(ConsumeContext<SyncRequested> context)
        {
            seen.Add($"requested {context.Message.PeerId}");
            return context.Message.PeerId == "explosive" ? throw new InvalidOperationException("Boom.") : Task.CompletedTask;
        }
    }
}
