using System.Text.Json;
using Causality.Contracts;
using Causality.Scheduler.Events;
using Causality.Standalone.Commands;
using Spectre.Console;
using static Causality.Scheduler.Dashboard.Rendering.Show;

namespace Causality.Standalone.Demo;

/// <summary>Shows progress to people; on standard error when standard output is for a program.</summary>
/// <param name="json">True when standard output is for a program.</param>
internal sealed class ConsoleProgress(bool json) : IDemoProgress
{
    private readonly IAnsiConsole _console = json ? Terminal.Error : Terminal.Output;

    public void Say(string text) => _console.WriteLine(text);

    public void Show(params DemoOperator[] operators)
    {
        if (!json)
            _console.Write(DemoReport.Table(operators));
    }

    public IDemoBar Begin(string title) => new Bar(_console, title);

    /// <summary>One line that is drawn again and again on a terminal; a line for each step elsewhere.</summary>
    private sealed class Bar(IAnsiConsole console, string title) : IDemoBar
    {
        private const int Width = 30;
        private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
        private bool _drawn;

        public void Move(PublicEvent published)
        {
            if (published.EventType == nameof(SyncProgressed) && JsonSerializer.Deserialize<SyncProgressed>(published.Body, Json) is { } moved)
                Draw(moved.BytesPlanned - (moved.Remaining?.Bytes ?? moved.BytesPlanned), moved.BytesPlanned, $"{moved.State}, {Entries(moved.EntriesSynced)}");
            else if (EndedSync.ResultOf(published) is { } result)
                End(Describe(result));
        }

        public void Dispose()
        {
            if (_drawn)
                console.WriteLine();
        }

        // An entry that came in a segment of the peer's counts, whether or not another segment of ours holds it as well.
        private static string Describe(SyncResult result) =>
            $"{result.Status}: {Entries(result.EntriesSynced)} in {Segments(result.SegmentsSynced)}, {Count(result.Conflicts, "conflict")}, {(result.CompletedAt - result.StartedAt)?.TotalMilliseconds:N0} ms";

        // The bar's line is taken back: what was done must be readable in full, however narrow the terminal.
        private void End(string text)
        {
            if (_drawn)
                console.Write(new ControlCode($"\r{new string(' ', Math.Max(1, console.Profile.Width - 1))}\r"));
            _drawn = false;
            console.WriteLine($"{title}: {text}");
        }

        private void Draw(long done, long all, string text)
        {
            var filled = all <= 0 ? 0 : (int)(Width * Math.Min(done, all) / all);
            var line = $"{title} [{new string('#', filled)}{new string('.', Width - filled)}] {text}";
            if (!console.Profile.Out.IsTerminal || !console.Profile.Capabilities.Ansi)
            {
                console.WriteLine(line);
                return;
            }

            // Longer than the terminal is wide, it would leave a line behind each time.
            _drawn = true;
            var width = Math.Max(1, console.Profile.Width - 1);
            console.Write(new ControlCode($"\r{(line.Length > width ? line[..width] : line.PadRight(width))}"));
        }
    }
}
