using System.Net;
using System.Net.Sockets;
using Causality.Messaging.Tests.Hosting;
using Causality.Messaging.Tests.Sample;
using MassTransit;

namespace Causality.Messaging.Tests;

/// <summary>As after the loss of its disk, until its users are made again.</summary>
public sealed class When_the_broker_refuses_the_login
{
    private const string Refused = "log 2009 ";
    private const string Accepted = "log 2010 ";

    [Fact]
    public async Task A_process_that_runs_should_hear_again_once_it_is_let_in()
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        await using var user = new BrokerUser(backend.Broker);
        await user.MakeAsync();
        await using var service = await Service.StartAsync(backend, bus => bus.AddConsumer<WorkDoneConsumer>(), options => options.Uri = user.AmqpUri.ToString());
        await service.CommitAsync(unit => unit.Publish(new WorkDone("before")));
        await service.Seen.WaitAsync("done before");

        await user.ForgetAsync();
        // Broke: the bus took the refusal for final, and heard nothing from here on.
        (await service.Seen.WaitAsync(Refused))[0].ShouldContain(user.AmqpUri.UserInfo.Split(':')[0]);
        await service.CommitAsync(unit => unit.Publish(new WorkDone("after")));
        service.Seen.Of("done after").ShouldBeEmpty();
        service.Seen.Of(Accepted).ShouldBeEmpty();

        await user.MakeAsync();
        await service.Seen.WaitAsync("done after");
        await service.Seen.WaitAsync(Accepted);
        service.Seen.Of(Refused).Count.ShouldBe(1, "it is said once, not at every attempt");
    }

    [Fact]
    public async Task A_process_that_starts_should_wait_until_it_is_let_in()
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        await using var user = new BrokerUser(backend.Broker);
        await using var service = await Service.BuildAsync(backend, bus => bus.AddConsumer<WorkDoneConsumer>(), options => options.Uri = user.AmqpUri.ToString());
        var started = service.StartAsync(TestContext.Current.CancellationToken);

        await service.Seen.WaitAsync(Refused);
        started.IsCompleted.ShouldBeFalse();

        await user.MakeAsync();
        await started.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await service.CommitAsync(unit => unit.Publish(new WorkDone("first")));
        await service.Seen.WaitAsync("done first");
    }

    [Fact]
    public async Task Should_not_be_said_of_a_broker_that_is_not_there()
    {
        await using var backend = await Backend.CreateAsync(Backend.Servers);
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        // Bound and not listening: nobody else can have the port, and nobody answers at it.
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var address = $"amqp://somebody:secret@127.0.0.1:{((IPEndPoint)bound.LocalEndPoint!).Port}/";
        await using var service = await Service.BuildAsync(backend, bus => bus.AddConsumer<WorkDoneConsumer>(), options => options.Uri = address);
        using var patience = new CancellationTokenSource();
        var started = service.StartAsync(patience.Token);

        await service.Seen.WaitAsync("log 0 Connection Failed", 2);
        service.Seen.Of(Refused).ShouldBeEmpty();
        started.IsCompleted.ShouldBeFalse();

        await patience.CancelAsync();
        (await Should.ThrowAsync<Exception>(() => started)).Message.ShouldNotContain("login");
    }
}
