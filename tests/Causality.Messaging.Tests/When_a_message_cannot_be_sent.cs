using Causality.Messaging.Delivery;
using Causality.Messaging.Tests.Hosting;
using Causality.Messaging.Tests.Sample;
using Causality.Storage.Database.Records;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Causality.Messaging.Tests;

public sealed class When_a_message_cannot_be_sent
{
    public static TheoryData<string> Backends => Backend.All;

    [Theory, MemberData(nameof(Backends))]
    public async Task Should_be_backed_off_alone_while_the_others_go_on(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        await using var service = await Service.StartAsync(backend, bus => bus.AddConsumer<WorkDoneConsumer>(),
            options => options.Outbox.SweepInterval = TimeSpan.FromMilliseconds(200));
        await service.CommitAsync(unit =>
        {
            unit.Database.Add(Unsendable());
            unit.Publish(new WorkDone("before"));
        });

        await service.Seen.WaitAsync("done before");
        var failing = await Eventually.BecomesAsync(() => OutboxAsync(service), rows => rows is [{ Attempts: > 1 }], "the bad message alone waits, tried again");
        await service.CommitAsync(unit => unit.Publish(new WorkDone("after")));

        await service.Seen.WaitAsync("done after");
        failing[0].Destination.ShouldBe(Unsendable().Destination);
        failing[0].DueAt.ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds());
    }

    [Theory, MemberData(nameof(Backends))]
    public async Task Should_hold_back_what_must_not_overtake_it(string kind)
    {
        await using var backend = await Backend.CreateAsync(kind);
        await using var service = await Service.StartAsync(backend, bus => bus.AddConsumer<WorkDoneConsumer>(), options =>
            (options.Outbox.FastPath, options.Outbox.SweepInterval) = (false, TimeSpan.FromMilliseconds(200)));
        var key = NewId.NextGuid();
        await service.CommitAsync(unit => unit.Database.Add(Unsendable(key)));
        await Eventually.BecomesAsync(() => OutboxAsync(service), rows => rows is [{ Attempts: > 0 }], "the first message of the key fails");

        await service.CommitAsync(unit => unit.Publish(new WorkDone("second")), key);
        await service.CommitAsync(unit => unit.Publish(new WorkDone("other")));
        await service.Seen.WaitAsync("done other");
        service.Seen.Of("done second").ShouldBeEmpty();

        await service.QueryAsync(database => database.Set<OutboxMessage>().Where(row => row.Attempts > 0).ExecuteDeleteAsync());
        await service.Seen.WaitAsync("done second");
    }

    [Fact]
    public async Task The_fast_path_should_step_back_and_come_again_when_the_broker_refuses_one()
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        await using var service = await Service.StartAsync(backend, bus => bus.AddConsumer<WorkDoneConsumer>());
        var dispatcher = service.Provider.GetRequiredService<OutboxDispatcher>();

        await service.CommitAsync(unit => unit.Send(new Uri("exchange:impossible?type=no-such-type"), new WorkDone("refused")));
        await Eventually.BecomesAsync(() => OutboxAsync(service), rows => rows is [{ Attempts: > 0 }], "the refused message waits");
        await service.CommitAsync(unit => unit.Publish(new WorkDone("next")));

        await service.Seen.WaitAsync("done next");
        await Eventually.BecomesAsync(() => Task.FromResult(dispatcher.IsHeldBack), held => !held, "the fast path is open again");
        service.Seen.Of("done refused").ShouldBeEmpty();
    }

    private static OutboxMessage Unsendable(Guid? key = null) => new()
    {
        MessageId = NewId.NextGuid(),
        Destination = "nowhere:at-all",
        ContentType = "application/json",
        MessageTypes = "urn:message:Nothing",
        OrderKey = key,
    };

    private static Task<List<OutboxMessage>> OutboxAsync(Service service) =>
        service.QueryAsync(database => database.Set<OutboxMessage>().AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));
}
