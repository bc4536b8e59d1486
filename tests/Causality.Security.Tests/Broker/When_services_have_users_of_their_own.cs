using Causality.TestKit.Operators;
using Causality.TestKit.Servers;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace Causality.Security.Tests.Broker;

/// <summary>Every user tries to configure, write and read every exchange and queue of a real broker; what is allowed stands here once more, by hand.</summary>
public sealed class When_services_have_users_of_their_own
{
    private static readonly string[] Messages =
    [
        "SyncRequested", "CancelSync", "SyncAccepted", "SyncRejected", "SyncProgressed", "SyncCompleted", "SyncSkipped", "SyncFailed", "SyncCancelled", "BeginSync", "SyncDeadlinePassed", "PauseSync",
        "ResumeSync", "RedriveSync", "CompareSegments", "SegmentsCompared", "TransferSegments", "SegmentsTransferred", "ResolveConflicts", "ConflictsResolved", "ConflictResolved", "ConflictDecided",
        "ConflictDecisionRequested", "StopSyncWork", "SyncStepProgressed", "SyncStepFailed", "PlanSync", "SyncPlanned", "CountConflicts", "ConflictsCounted",
    ];

    private static readonly Dictionary<string, (string Queues, string Publishes, string Hears)> Users = new()
    {
        ["scheduler"] = (
            "sync-requested sync-state sync-planned",
            "SyncRequested CancelSync SyncAccepted SyncRejected SyncProgressed SyncCompleted SyncSkipped SyncFailed SyncCancelled BeginSync SyncDeadlinePassed PauseSync ResumeSync RedriveSync CompareSegments TransferSegments ResolveConflicts StopSyncWork PlanSync",
            "SyncRequested CancelSync BeginSync SyncDeadlinePassed PauseSync ResumeSync RedriveSync SegmentsCompared SegmentsTransferred ConflictsResolved SyncStepProgressed SyncStepFailed SyncPlanned ConflictsCounted"),
        ["differ"] = ("compare-segments plan-sync", "SegmentsCompared SyncStepProgressed SyncStepFailed SyncPlanned CountConflicts", "CompareSegments PlanSync"),
        ["transfer"] = ("transfer-segments stop-sync-work", "SegmentsTransferred SyncStepProgressed SyncStepFailed", "TransferSegments StopSyncWork"),
        ["conflict-resolver"] = (
            "resolve-conflicts count-conflicts conflict-decided",
            "ConflictsResolved ConflictResolved ConflictDecisionRequested ConflictsCounted SyncStepProgressed SyncStepFailed",
            "ResolveConflicts CountConflicts ConflictDecided"),
        ["publisher"] = (
            "publisher.billing", "SyncRequested CancelSync ConflictDecided",
            "SyncAccepted SyncRejected SyncProgressed SyncCompleted SyncSkipped SyncFailed SyncCancelled ConflictDecisionRequested ConflictResolved"),
    };

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_allow_each_what_it_needs_and_nothing_else()
    {
        Assert.SkipUnless(RabbitMqServer.IsAvailable, OperatorStore.Missing);
        await using var server = await RabbitMqServer.CreateAsync(Cancelled);
        await using var users = await BrokerUsers.CreateAsync(server, Cancelled);
        var queues = Users.Values.SelectMany(user => user.Queues.Split(' ')).SelectMany(queue => new[] { queue, queue + "_error" }).Append("somebody-elses").ToList();
        await MakeAsync(server.AmqpUri, queues);

        var wrong = new List<string>();
        foreach (var (name, (own, publishes, hears)) in Users)
        {
            await using var connection = await ConnectAsync(users.AmqpUriOf(name));
            var isMine = own.Split(' ').SelectMany(queue => new[] { queue, queue + "_error" }).ToHashSet();
            foreach (var message in Messages)
            {
                var exchange = $"Causality.Contracts:{message}";
                await CheckAsync($"{name} configure {exchange}", name != "publisher", channel => channel.ExchangeDeclareAsync(exchange, "fanout", durable: true, cancellationToken: Cancelled));
                await CheckAsync($"{name} write {exchange}", publishes.Split(' ').Contains(message), channel => PublishAsync(channel, exchange));
                await CheckAsync($"{name} read {exchange}", hears.Split(' ').Contains(message), channel => channel.QueueBindAsync(own.Split(' ')[0], exchange, "", cancellationToken: Cancelled));
            }

            foreach (var queue in queues)
            {
                // A queue's exchange has its name, so a right to it is one to the queue: who can write to it has passed by the contracts' exchanges.
                await CheckAsync($"{name} configure {queue}", isMine.Contains(queue), channel => channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancelled));
                await CheckAsync($"{name} write {queue}", isMine.Contains(queue), channel => PublishAsync(channel, queue));
                await CheckAsync($"{name} read {queue}", isMine.Contains(queue), channel => channel.BasicGetAsync(queue, autoAck: false, Cancelled));
                await CheckAsync($"{name} purge {queue}", isMine.Contains(queue), channel => channel.QueuePurgeAsync(queue, Cancelled));
            }

            // The default exchange would reach every queue by name, whoever owns it.
            await CheckAsync($"{name} write the default exchange", false, channel => PublishAsync(channel, "", "compare-segments"));
            await CheckAsync($"{name} configure anything", false, channel => channel.QueueDeclareAsync("a-queue-of-my-own", cancellationToken: Cancelled));

            async Task CheckAsync(string what, bool may, Func<IChannel, Task> act)
            {
                if (await IsAllowedAsync(connection, act) != may)
                    wrong.Add($"{what}: {(may ? "is refused and needs it" : "is allowed and must not be")}");
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task Should_not_be_let_into_another_virtual_host()
    {
        Assert.SkipUnless(RabbitMqServer.IsAvailable, OperatorStore.Missing);
        await using var server = await RabbitMqServer.CreateAsync(Cancelled);
        await using var users = await BrokerUsers.CreateAsync(server, Cancelled);
        await using var others = await RabbitMqServer.CreateAsync(Cancelled);
        foreach (var name in Users.Keys)
        {
            var refused = await Should.ThrowAsync<Exception>(
                async () =>
                {
                    // The client may learn of the refusal only when it wants to do something.
                    await using var connection = await ConnectAsync(new UriBuilder(users.AmqpUriOf(name)) { Path = others.VirtualHost }.Uri);
                    await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);
                }, name);
            refused.ToString().ShouldContain("NOT_ALLOWED");
        }
    }

    private static async Task MakeAsync(Uri administrator, List<string> queues)
    {
        await using var connection = await ConnectAsync(administrator);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled);
        foreach (var message in Messages)
            await channel.ExchangeDeclareAsync($"Causality.Contracts:{message}", "fanout", durable: true, cancellationToken: Cancelled);
        foreach (var queue in queues)
        {
            await channel.ExchangeDeclareAsync(queue, "fanout", durable: true, cancellationToken: Cancelled);
            await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancelled);
        }
    }

    private static Task<IConnection> ConnectAsync(Uri uri) => new ConnectionFactory { Uri = uri, AutomaticRecoveryEnabled = false }.CreateConnectionAsync(Cancelled);

    /// <summary>Whether the broker lets the user do it: 403 ACCESS_REFUSED, which closes the channel, means no.</summary>
    private static async Task<bool> IsAllowedAsync(IConnection connection, Func<IChannel, Task> act)
    {
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancelled);
        try
        {
            await act(channel);
            return true;
        }
        catch (Exception exception) when (exception is OperationInterruptedException or AlreadyClosedException or PublishException)
        {
            channel.CloseReason?.ReplyCode.ShouldBe((ushort)Constants.AccessRefused, exception.Message);
            return false;
        }
    }

    private static Task PublishAsync(IChannel channel, string exchange, string key = "") => channel.BasicPublishAsync(exchange, key, false, new BasicProperties(), ReadOnlyMemory<byte>.Empty, Cancelled).AsTask();
}
