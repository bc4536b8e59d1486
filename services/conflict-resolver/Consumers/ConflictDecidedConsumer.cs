using Causality.ConflictResolver.Ledger;
using Causality.ConflictResolver.Resolving;
using Causality.Contracts;
using Causality.Core;
using Causality.Messaging;
using MassTransit;

namespace Causality.ConflictResolver.Consumers;

/// <summary>Takes a program's decision. One that cannot be used is logged and changes nothing: the conflict waits on, until its deadline.</summary>
[LongRunning]
internal sealed class ConflictDecidedConsumer(ConflictDesk desk, ILogger<ConflictDecidedConsumer> logger) : IConsumer<ConflictDecided>
{
    private const int MostBy = 256;
    private const int MostReason = 1_024;

    /// <inheritdoc/>
    public async Task Consume(ConsumeContext<ConflictDecided> context)
    {
        var decided = context.Message;
        var subject = Printable.Shorten(decided.Subject ?? "");
        if (Fault(decided) is { } fault)
        {
            logger.DecisionRefused(subject, fault);
            return;
        }

        Verdict? Decide(ConflictFile conflict) => Decisions.ByHash(conflict, decided.WinnerHash.ToLowerInvariant(), Decider.Message, decided.DecidedBy, decided.Reason);
        var outcome = (await desk.DecideAsync(
            LedgerMessages.KindOf(decided.Kind)!.Value, [decided.Subject!], _ => Task.FromResult<Func<ConflictFile, Verdict?>>(Decide), expected: null, dryRun: false, context.CancellationToken)).Single();
        if (outcome.Before is null)
            logger.DecisionRefused(subject, "there is no such conflict");
        else if (outcome.Verdict is null)
            logger.DecisionRefused(subject, "winnerHash is none of its versions");
    }

    // Plain JSON may leave out what is required, whatever the record says.
    private static string? Fault(ConflictDecided decided) =>
        LedgerMessages.KindOf(decided.Kind) is null ? "kind is neither 'id' nor 'timestamp'"
        : string.IsNullOrEmpty(decided.Subject) ? "subject is missing"
        : string.IsNullOrEmpty(decided.WinnerHash) ? "winnerHash is missing"
        : string.IsNullOrWhiteSpace(decided.DecidedBy) || decided.DecidedBy.Length > MostBy ? $"decidedBy must have 1 to {MostBy} characters"
        : decided.Reason?.Length > MostReason ? $"reason is longer than {MostReason} characters"
        : null;
}
