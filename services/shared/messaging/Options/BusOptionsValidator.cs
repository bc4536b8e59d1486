using Microsoft.Extensions.Options;

namespace Causality.Messaging;

/// <summary>Names every fault of the section <c>Bus</c> with its value and bound, but never a secret.</summary>
internal sealed class BusOptionsValidator : IValidateOptions<BusOptions>
{
    public ValidateOptionsResult Validate(string? name, BusOptions options)
    {
        var faults = new List<string>();
        if (options.Transport == BusTransport.RabbitMq && BrokerAddress.Fault(options.Uri) is { } fault)
            faults.Add(fault);
        Within(faults, nameof(options.Prefetch), options.Prefetch, 1, 65535);
        Within(faults, nameof(options.Concurrency), options.Concurrency, 1, 1024);
        foreach (var (endpoint, limits) in options.Endpoints)
        {
            Within(faults, $"Endpoints:{endpoint}:Prefetch", limits.Prefetch ?? options.Prefetch, 1, 65535);
            Within(faults, $"Endpoints:{endpoint}:Concurrency", limits.Concurrency ?? options.Concurrency, 1, 1024);
        }

        Within(faults, nameof(options.RetryLimit), options.RetryLimit, 0, 20);
        Within(faults, nameof(options.OutageRetryLimit), options.OutageRetryLimit, 0, 10_000);
        Within(faults, nameof(options.DeliveryLimit), options.DeliveryLimit, 1, 1000);
        Within(faults, nameof(options.RetryDelayLimit), options.RetryDelayLimit, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(5));
        Within(faults, nameof(options.RetryDelay), options.RetryDelay, TimeSpan.FromMilliseconds(1), options.RetryDelayLimit);
        Within(faults, "Outbox:BatchSize", options.Outbox.BatchSize, 1, 1000);
        Within(faults, "Outbox:Lanes", options.Outbox.Lanes, 1, 64);
        Within(faults, "Outbox:LaneCapacity", options.Outbox.LaneCapacity, 1, 10_000);
        Within(faults, "Outbox:Grace", options.Outbox.Grace, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1));
        Within(faults, "Outbox:SendTimeout", options.Outbox.SendTimeout, TimeSpan.FromMilliseconds(50), options.Outbox.Grace);
        Within(faults, "Outbox:SweepInterval", options.Outbox.SweepInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        Within(faults, "Inbox:Window", options.Inbox.Window, TimeSpan.FromHours(1), TimeSpan.FromDays(365));
        Within(faults, "Inbox:PurgeInterval", options.Inbox.PurgeInterval, TimeSpan.FromSeconds(1), TimeSpan.FromDays(7));
        Within(faults, "Inbox:PurgeBatchSize", options.Inbox.PurgeBatchSize, 1, 100_000);
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Within<T>(List<string> faults, string name, T value, T least, T most) where T : IComparable<T>
    {
        if (value.CompareTo(least) < 0 || value.CompareTo(most) > 0)
            faults.Add($"{BusOptions.Section}:{name} is {value}; it must be from {least} to {most}.");
    }
}
