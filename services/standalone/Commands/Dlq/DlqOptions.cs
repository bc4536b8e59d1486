using System.CommandLine;
using Causality.Standalone.Input;

namespace Causality.Standalone.Commands.Dlq;

/// <summary>The options of the commands on dead letters.</summary>
internal sealed class DlqOptions
{
    public Option<string?> Amqp { get; } = new("--amqp")
    {
        Description = "The operator's broker, amqp://user:password@host:port/virtual-host. Environment: CAUSALITY_AMQP (better: a command line is visible to others).",
        DefaultValueFactory = _ => Variable("CAUSALITY_AMQP"),
    };

    public Option<string?> Management { get; } = new("--management")
    {
        Description = "The broker's management API, http://user:password@host:15672, to find queues of any name. Environment: CAUSALITY_AMQP_MANAGEMENT.",
        DefaultValueFactory = _ => Variable("CAUSALITY_AMQP_MANAGEMENT"),
    };

    public Option<bool> Json { get; } = new("--json") { Description = "Print JSON." };

    public Argument<string> Queue { get; } = new("QUEUE") { Description = "A queue of dead letters, such as sync-requested_error." };

    public Option<string?> Id { get; } = new("--id") { Description = "Only messages with this id." };

    public Option<bool> All { get; } = new("--all") { Description = "Every message that is in the queue now." };

    public Option<int> Limit { get; } = new("--limit") { Description = "At most so many messages.", DefaultValueFactory = _ => 1_000 };

    public Option<int> ShowLimit { get; } = new("--limit") { Description = "At most so many messages.", DefaultValueFactory = _ => 10 };

    public Option<int> Rate { get; } = new("--rate") { Description = "At most so many messages a second, 1 to 1000.", DefaultValueFactory = _ => 100 };

    public Option<bool> Yes { get; } = new("--yes") { Description = "Really do it." };

    public Option<bool> DryRun { get; } = new("--dry-run") { Description = "Say what would be done and change nothing." };

    public Option<string?> Audit { get; } = new("--audit") { Description = "Append one JSON line per message to this file. Default: standard error." };

    /// <summary>The source of a queue of dead letters.</summary>
    /// <exception cref="InputException">The name is of another kind of queue.</exception>
    public string SourceOf(ParseResult parsed) => OperatorQueues.SourceOf(parsed.GetValue(Queue)!)
        ?? throw new InputException($"'{parsed.GetValue(Queue)}' is no queue of dead letters: their names end in {OperatorQueues.ErrorSuffix} or {OperatorQueues.SkippedSuffix}.");

    /// <summary>What a re-drive or discard was asked to do.</summary>
    /// <exception cref="InputException">It says too little or contradicts itself.</exception>
    public DeadLetterWork.Order Read(ParseResult parsed, string action)
    {
        var source = SourceOf(parsed);
        if (parsed.GetValue(Yes) == parsed.GetValue(DryRun))
            throw new InputException($"Nothing was changed: say --dry-run to see what {action} would do, or --yes to do it.");
        if (parsed.GetValue(Id) is null != parsed.GetValue(All))
            throw new InputException($"Nothing was changed: say which messages to {action}, --id MESSAGE_ID or --all.");
        var limit = Within("--limit", parsed.GetValue(Limit), DeadLetterBroker.MaxHeld);
        var rate = Within("--rate", parsed.GetValue(Rate), 1_000);
        return new(action, parsed.GetValue(Queue)!, action == "redrive" ? source : null, parsed.GetValue(Id), limit, rate, parsed.GetValue(DryRun));
    }

    /// <exception cref="InputException">The value is out of its bounds.</exception>
    public static int Within(string option, int value, int most) =>
        value >= 1 && value <= most ? value : throw new InputException($"{option} is {value}; it must be from 1 to {most}.");

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;
}
