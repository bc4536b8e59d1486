using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Causality.Messaging.Tests;

public sealed class When_the_settings_are_wrong
{
    [Theory]
    [InlineData("RabbitMq", null, "Bus:Uri is missing")]
    [InlineData("RabbitMq", "not a uri", "Bus:Uri is not a URI")]
    [InlineData("RabbitMq", "http://user:secret@host/", "scheme 'http'")]
    [InlineData("RabbitMq", "amqp://user:secret@host/a/b", "%2F")]
    public void A_bad_address_should_be_named_without_its_secret(string transport, string? uri, string part)
    {
        var error = Should.Throw<OptionsValidationException>(() => Add(new() { ["Bus:Transport"] = transport, ["Bus:Uri"] = uri }));

        error.Message.ShouldContain(part);
        error.Message.ShouldNotContain("secret");
    }

    [Fact]
    public void Every_fault_should_be_named_with_its_bounds()
    {
        var error = Should.Throw<OptionsValidationException>(() => Add(new() { ["Bus:Prefetch"] = "0", ["Bus:Outbox:BatchSize"] = "9999", ["Bus:RetryLimit"] = "-1" }));

        error.Failures.Count().ShouldBe(3);
        error.Message.ShouldContain("Bus:Prefetch is 0; it must be from 1 to 65535");
        error.Message.ShouldContain("Bus:Outbox:BatchSize is 9999; it must be from 1 to 1000");
    }

    [Fact]
    public void Good_settings_should_be_taken() =>
        Add(new() { ["Bus:Transport"] = "RabbitMq", ["Bus:Uri"] = "amqps://user:p%40ss@broker/%2Foperators", ["Bus:Outbox:Grace"] = "00:01:00" });

    [Fact]
    public void An_address_should_be_read_in_full_and_told_without_its_password()
    {
        var address = BrokerAddress.Parse("amqps://user:p%40ss@broker/operator_a");

        address.ShouldBe(new BrokerAddress("broker", 5671, "operator_a", "user", "p@ss", true));
        address.ToString().ShouldBe("amqps://broker:5671/operator_a");
        BrokerAddress.Parse("amqp://broker").ShouldBe(new BrokerAddress("broker", 5672, "/", "guest", "guest", false));
    }

    private static void Add(Dictionary<string, string?> settings) =>
        new ServiceCollection().AddCausalityBus(new ConfigurationBuilder().AddInMemoryCollection(settings).Build(), _ => { });
}
