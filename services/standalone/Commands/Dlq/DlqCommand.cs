using System.CommandLine;
using Causality.Standalone.Commands.Help;
using Causality.Standalone.Input;

namespace Causality.Standalone.Commands.Dlq;

/// <summary><c>causality dlq list|show|redrive|discard</c>: the messages that the services could not deal with.</summary>
/// <remarks>Exit codes: 0 done; 1 not done or not wholly, and the message says what is left; 130 interrupted, and what was not yet done is left as it was.</remarks>
internal static class DlqCommand
{
    private const int ReasonSample = 100;
    private static readonly DlqOptions Options = new();

    public static Command Create() => new("dlq", "Look at, re-drive and discard dead letters: messages that the services could not deal with (exit 0: done, 1: not done, 130: interrupted).")
    {
        Build("list", "List the queues of dead letters: how many, since when, why.", ListAsync, Options.Management).WithExamples("causality dlq list --amqp amqp://guest:guest@127.0.0.1:5672/"),
        Build("show", "Show dead letters with headers and body.", ShowAsync, Options.Queue, Options.Id, Options.ShowLimit).WithExamples("causality dlq show sync-requested_error --limit 1"),
        Build("redrive", "Send dead letters to where they came from, as they were; doing it twice has no second effect.",
            (parsed, broker, cancellationToken) => WorkAsync(parsed, broker, "redrive", cancellationToken),
            Options.Queue, Options.Id, Options.All, Options.Limit, Options.Rate, Options.Yes, Options.DryRun, Options.Audit).WithExamples("causality dlq redrive sync-requested_error --all --dry-run", "causality dlq redrive sync-requested_error --all --yes --rate 10"),
        Build("discard", "Remove dead letters for good.",
            (parsed, broker, cancellationToken) => WorkAsync(parsed, broker, "discard", cancellationToken),
            Options.Queue, Options.Id, Options.All, Options.Limit, Options.Rate, Options.Yes, Options.DryRun, Options.Audit).WithExamples("causality dlq discard sync-requested_error --id 0b0e3f0e-6a5c-4f0e-9d0c-2f6f6b1c7a11 --yes"),
    };

    private static Command Build(string name, string description, Func<ParseResult, DeadLetterBroker, CancellationToken, Task<int>> run, params IEnumerable<Symbol> symbols)
    {
        var command = new Command(name, description) { Options.Amqp, Options.Json };
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument)
                command.Arguments.Add(argument);
            else
                command.Options.Add((Option)symbol);
        }

        command.SetAction((parsed, cancellationToken) => Failures.ReportAsync(async () =>
        {
            await using var broker = await DeadLetterBroker.ConnectAsync(BrokerTarget.Parse(parsed.GetValue(Options.Amqp)), cancellationToken);
            return await run(parsed, broker, cancellationToken);
        }));
        return command;
    }

    private static async Task<int> ListAsync(ParseResult parsed, DeadLetterBroker broker, CancellationToken cancellationToken)
    {
        var summaries = new List<DlqSummary>();
        foreach (var queue in await QueueDirectory.FindAsync(BrokerTarget.Parse(parsed.GetValue(Options.Amqp)), parsed.GetValue(Options.Management), cancellationToken))
        {
            if (await broker.CountAsync(queue, cancellationToken) is { } count)
                summaries.Add(DlqSummary.Of(queue, count, await broker.PeekAsync(queue, ReasonSample, cancellationToken).Select(letter => letter.Reason).ToListAsync(cancellationToken)));
        }

        DlqOutput.PrintList(parsed.GetValue(Options.Json), summaries);
        return Failures.Success;
    }

    private static async Task<int> ShowAsync(ParseResult parsed, DeadLetterBroker broker, CancellationToken cancellationToken)
    {
        Options.SourceOf(parsed);
        var (queue, id) = (parsed.GetValue(Options.Queue)!, parsed.GetValue(Options.Id));
        var limit = DlqOptions.Within("--limit", parsed.GetValue(Options.ShowLimit), 1_000);
        if (await broker.CountAsync(queue, cancellationToken) is null)
            throw new InputException($"There is no queue '{queue}' on this broker; 'causality dlq list' shows those that there are.");
        var letters = await broker.PeekAsync(queue, id is null ? limit : DeadLetterBroker.MaxHeld, cancellationToken)
            .Where(letter => id is null || string.Equals(id, letter.Id, StringComparison.OrdinalIgnoreCase)).Take(limit)
            .Select(DlqMessage.Of).ToListAsync(cancellationToken);
        if (id is not null && letters.Count == 0)
            throw new InputException($"There is no message {id} in '{queue}'.");
        DlqOutput.PrintMessages(parsed.GetValue(Options.Json), letters);
        return Failures.Success;
    }

    private static async Task<int> WorkAsync(ParseResult parsed, DeadLetterBroker broker, string action, CancellationToken cancellationToken)
    {
        var order = Options.Read(parsed, action);
        var (file, json) = (parsed.GetValue(Options.Audit), parsed.GetValue(Options.Json));
        using var audit = AuditTrail.Open(file);
        // The record on standard error is a line for each message: progress enough, and a bar would run into it.
        var done = await ProgressView.RunAsync(json || (file is null && !order.DryRun), progress => new DeadLetterWork(broker, audit).RunAsync(order, progress, cancellationToken));
        if (order.Id is not null && done.Count == 0)
            throw new InputException($"There is no message {order.Id} in '{order.Queue}'.");
        DlqOutput.PrintWork(json, order, done, await broker.CountAsync(order.Queue, cancellationToken) ?? 0);
        return Failures.Success;
    }
}
