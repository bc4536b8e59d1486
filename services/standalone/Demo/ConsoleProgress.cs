using Causality.Contracts;
using Causality.Scheduler.Events;
using System.Text.Json;
using Spectre.Console;

namespace Causality.Standalone.Demo;

/// <summary>Shows progress to people; on standard error when standard output is for a program.</summary>
internal sealed class ConsoleProgress : IDemoProgress
{
    private readonly IAnsiConsole _console;
    private readonly bool _quiet;

    public ConsoleProgress(bool json)
    {
        _quiet = json;
        _console = json ? AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }) : AnsiConsole.Console;
    }

    public void Say(string text) => _console.MarkupLineInterpolated($"{text}");

    public void Show(params DemoOperator[] operators)
    {
        if (!_quiet)
            _console.Write(DemoReport.Table(operators));
    }

    public IDemoBar Begin(string title) => new Bar(_console, title);

    private sealed class Bar(IAnsiConsole console, string title) : IDemoBar
    {
        private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
        private const int Width = 40;
        private bool _drawn;

        public void Move(PublicEvent published)
        {
            if (published.EventType == nameof(SyncProgressed) && JsonSerializer.Deserialize<SyncProgressed>(published.Body, Json) is { } moved)
                Draw(moved.BytesReceived, moved.BytesPlanned, moved.State);
            else if (EndedSync.ResultOf(published) is { } result)
                Draw(1, 1, $"{result.Status}: {result.EntriesSynced:N0} new entries, {result.Conflicts:N0} conflicts");
        }

        public void Dispose()
        {
            if (_drawn)
                console.WriteLine();
        }

        private void Draw(long done, long all, string text)
        {
            var filled = all <= 0 ? 0 : (int)(Width * Math.Min(done, all) / all);
            var line = $"{title} [{new string('#', filled)}{new string('.', Width - filled)}] {text}";
            if (!console.Profile.Capabilities.Ansi)
            {
                console.WriteLine(line);
                return;
            }

            _drawn = true;
            console.Write($"\r{line.PadRight(Math.Max(0, console.Profile.Width - 1))}");
        }
    }
}
