using Causality.Storage.Maintenance;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Causality.Standalone.Commands;

/// <summary>Shows a person at a terminal how far a piece of work is, once it takes longer than a second. Programs and files see nothing of it.</summary>
internal static class ProgressView
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Runs the work; the bar stands on standard error and is gone at the end.</summary>
    /// <param name="quiet">True when a program reads: no bar.</param>
    /// <param name="work">Reports from any thread.</param>
    public static Task<T> RunAsync<T>(bool quiet, Func<IProgress<MaintenanceProgress>, Task<T>> work) =>
        RunAsync(Terminal.Error, !quiet && !Console.IsErrorRedirected && Terminal.Error.Profile.Capabilities.Interactive, Patience, work);

    /// <summary>The same for work whose result goes to standard output as it comes: at a terminal that is progress enough, and a bar would run into it.</summary>
    public static Task<T> RunWhilePrintingAsync<T>(Func<IProgress<MaintenanceProgress>, Task<T>> work) => RunAsync(quiet: !Console.IsOutputRedirected, work);

    /// <summary>The same on a console of the caller's.</summary>
    public static async Task<T> RunAsync<T>(IAnsiConsole console, bool visible, TimeSpan patience, Func<IProgress<MaintenanceProgress>, Task<T>> work)
    {
        var latest = new Latest();
        var running = work(latest);
        if (!visible || await Task.WhenAny(running, Task.Delay(patience)) == running)
            return await running;

        await console.Progress().AutoClear(true).HideCompleted(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new KnownPercentage(), new RemainingTimeColumn(), new SpinnerColumn())
            .StartAsync(async view =>
            {
                using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
                ProgressTask? bar = null;
                while (!running.IsCompleted)
                {
                    bar = latest.Show(view, bar);
                    await Task.WhenAny(running, pace.WaitForNextTickAsync().AsTask());
                }
            });
        return await running;
    }

    private sealed class Latest : IProgress<MaintenanceProgress>
    {
        private readonly Lock _lock = new();
        private MaintenanceProgress _value = new("working", 0, 0);
        private string _shown = "";

        public void Report(MaintenanceProgress value)
        {
            lock (_lock)
                _value = value;
        }

        // A bar per step: each has its own scale.
        public ProgressTask Show(ProgressContext view, ProgressTask? bar)
        {
            MaintenanceProgress now;
            lock (_lock)
                now = _value;
            if (bar is null || now.Step != _shown)
            {
                bar?.StopTask();
                bar = view.AddTask(Markup.Escape(_shown = now.Step));
            }

            // Where nobody knows how much there is, how much is done says more than a bar.
            var text = now.Total == 0 && now.Done > 0 ? $"{now.Step}: {Output.Number(now.Done)}" : now.Step;
            bar.Description = Markup.Escape(now.Left is null ? text : $"{text}, {now.Left}");
            (bar.IsIndeterminate, bar.MaxValue, bar.Value) = (now.Total == 0, Math.Max(now.Total, 1), now.Done);
            return bar;
        }
    }

    /// <summary>No percentage of what nobody knows.</summary>
    private sealed class KnownPercentage : ProgressColumn
    {
        private readonly PercentageColumn _percentage = new();

        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) => task.IsIndeterminate ? Text.Empty : _percentage.Render(options, task, deltaTime);
    }
}
