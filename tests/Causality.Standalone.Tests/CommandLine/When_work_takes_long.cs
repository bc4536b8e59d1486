using Causality.Standalone.Commands;
using Spectre.Console;

namespace Causality.Standalone.Tests.CommandLine;

/// <summary>Progress is for people at terminals.</summary>
public sealed class When_work_takes_long
{
    [Fact]
    public async Task A_person_sees_how_far_it_is()
    {
        var screen = new Screen();

        var result = await ProgressView.RunAsync(screen.Console, visible: true, TimeSpan.Zero, async progress =>
        {
            progress.Report(new("verifying segments", 1, 4));
            await screen.ShowsAsync("25%");
            progress.Report(new("repairing", 0, 0));
            await screen.ShowsAsync("repairing");
            return 42;
        });

        result.ShouldBe(42);
        screen.Text.ShouldContain("verifying segments");
    }

    [Fact]
    public async Task A_program_sees_nothing()
    {
        var screen = new Screen();

        await ProgressView.RunAsync(screen.Console, visible: false, TimeSpan.Zero, progress =>
        {
            progress.Report(new("verifying segments", 1, 4));
            return Task.FromResult(0);
        });

        screen.Text.ShouldBeEmpty();
    }

    [Fact]
    public async Task What_goes_wrong_comes_through() =>
        (await Should.ThrowAsync<InvalidOperationException>(() => ProgressView.RunAsync<int>(new Screen().Console, visible: true, TimeSpan.Zero, async _ =>
        {
            await Task.Yield();
            throw new InvalidOperationException("the disk");
        }))).Message.ShouldBe("the disk");

    /// <summary>A terminal that remembers everything written to it.</summary>
    private sealed class Screen : StringWriter
    {
        private readonly Lock _lock = new();
        private readonly List<(string Text, TaskCompletionSource Seen)> _awaited = [];
        private string _all = "";

        public Screen() => Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.Yes,
            ColorSystem = ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
            Out = new AnsiConsoleOutput(this),
        });

        public IAnsiConsole Console { get; }

        public string Text
        {
            get
            {
                lock (_lock)
                    return _all;
            }
        }

        public Task ShowsAsync(string text)
        {
            var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_lock)
            {
                if (_all.Contains(text))
                    seen.SetResult();
                else
                    _awaited.Add((text, seen));
            }

            return seen.Task.WaitAsync(TimeSpan.FromSeconds(60));
        }

        public override void Write(char value) => Take(value.ToString());

        public override void Write(string? value) => Take(value ?? "");

        public override void Write(char[] buffer, int index, int count) => Take(new string(buffer, index, count));

        private void Take(string text)
        {
            lock (_lock)
            {
                _all += text;
                _awaited.RemoveAll(wait => _all.Contains(wait.Text) && wait.Seen.TrySetResult());
            }
        }
    }
}
