using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Causality.Standalone.Commands.Help;
using Causality.Standalone.Input;
using Causality.Storage.Maintenance;

namespace Causality.Standalone.Commands.Store;

/// <summary><c>causality gc</c>.</summary>
internal static class GcCommand
{
    private static readonly TimeSpan LeastGrace = TimeSpan.FromMinutes(1);

    public static Command Create(StoreOptions store)
    {
        var grace = new Option<TimeSpan>("--grace")
        {
            Description = "Only what is older than this, such as 90m, 2h or 7d; at least 1m, because an import stores a content before the row that points at it.",
            DefaultValueFactory = _ => TimeSpan.FromHours(1),
            CustomParser = Parse,
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Say what would be removed and change nothing." };
        return store.Command("gc", "Remove contents that no segment uses and files of interrupted writes. A running operator does so by itself, every hour.", isNew: false, async (parsed, services, cancellationToken) =>
        {
            if (parsed.GetValue(grace) < LeastGrace)
                throw new InputException($"--grace is {parsed.GetValue(grace)}; it must be at least 1m.");
            var json = parsed.GetValue(store.Json);
            var report = await ProgressView.RunAsync(json, _ => services.GetRequiredService<GarbageCollector>().CollectAsync(parsed.GetValue(grace), parsed.GetValue(dryRun), cancellationToken));
            StoreOutput.Print(json, report);
            return Failures.Success;
        }, grace, dryRun).WithExamples("causality gc --data ./data-a --dry-run", "causality gc --data ./data-a --grace 2h");
    }

    private static TimeSpan Parse(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number < 100_000)
        {
            switch (text[^1])
            {
                case 's': return TimeSpan.FromSeconds(number);
                case 'm': return TimeSpan.FromMinutes(number);
                case 'h': return TimeSpan.FromHours(number);
                case 'd': return TimeSpan.FromDays(number);
            }
        }

        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span))
            return span;
        result.AddError($"'{text}' is no length of time; give one such as 90m, 2h, 7d or 01:30:00.");
        return default;
    }
}
