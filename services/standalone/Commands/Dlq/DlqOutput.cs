using System.Globalization;
using Causality.Scheduler.Dashboard.Rendering;
using Spectre.Console;

namespace Causality.Standalone.Commands.Dlq;

/// <summary>Prints dead letters for people or for programs.</summary>
internal static class DlqOutput
{
    public static void PrintList(bool json, IReadOnlyList<DlqSummary> queues) => Output.Print(json, queues, () =>
    {
        var table = new Table().AddColumns("Queue", "Messages", "Oldest", "Reasons");
        foreach (var queue in queues)
        {
            var reasons = string.Join(", ", queue.Reasons.Select(reason => $"{reason.Count} {reason.Reason}"));
            table.AddRow(Markup.Escape(queue.Queue), Output.Number(queue.Count), queue.OldestAt is { } at ? Age(DateTimeOffset.UtcNow - at) : "-", Markup.Escape(reasons));
        }

        AnsiConsole.Write(table);
    });

    public static void PrintMessages(bool json, IReadOnlyList<DlqMessage> messages) => Output.Print(json, messages, () =>
    {
        foreach (var message in messages)
        {
            Console.WriteLine($"message {message.Id ?? "without id"}, {message.ContentType ?? "no content type"}, {Output.Bytes(message.Bytes)}");
            Console.WriteLine($"  {message.Reason.Kind}: {message.Reason.Message}");
            Console.WriteLine($"  at {message.Reason.At?.ToString("u", CultureInfo.InvariantCulture) ?? "an unknown time"}{(message.Reason.Source is { } source ? $", by {source}" : "")}");
            foreach (var (name, value) in message.Headers)
                Console.WriteLine($"    {name}: {value.ReplaceLineEndings($"{Environment.NewLine}      ")}");
            Console.WriteLine(message.Body);
            Console.WriteLine();
        }
    });

    public static void PrintWork(bool json, DeadLetterWork.Order order, IReadOnlyList<string?> done, uint left)
    {
        Output.Print(json, new { order.Action, order.Queue, order.Target, order.DryRun, Messages = done.Count, Ids = done, Left = left }, () =>
        {
            if (order.DryRun)
            {
                foreach (var id in done)
                    Console.WriteLine($"would {order.Action} message {AmqpText.Printable(id ?? "without id", 256)}");
            }

            var what = (order.Action, order.DryRun) switch
            {
                ("redrive", false) => $"re-driven to {order.Target}",
                ("redrive", true) => $"would be re-driven to {order.Target}",
                (_, false) => "discarded",
                _ => "would be discarded",
            };
            Console.WriteLine($"{Show.Count(done.Count, "message")} of {order.Queue} {what}; {Output.Number(left)} {(left == 1 ? "is" : "are")} in it now.");
        });
    }

    private static string Age(TimeSpan age) => age switch
    {
        { TotalDays: >= 2 } => $"{age.TotalDays:F0} days",
        { TotalHours: >= 2 } => $"{age.TotalHours:F0} h",
        { TotalMinutes: >= 2 } => $"{age.TotalMinutes:F0} min",
        _ => $"{Math.Max(0, age.TotalSeconds):F0} s",
    };
}
