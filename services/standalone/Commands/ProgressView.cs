using Causality.Storage.Maintenance;
using Spectre.Console;

namespace Causality.Standalone.Commands;

/// <summary>Shows a person at a terminal how far a piece of work is, once it takes longer than a second. Programs and files see nothing of it.</summary>
internal static class ProgressView
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>Runs the work; the bar stands on standard error and is gone at the end.</summary>
    /// <param name="json">True when a program reads: no bar.</param>
    /// <param name="work">Reports from any thread.</param>
    public static Task<T> RunAsync<T>(bool json, Func<IProgress<MaintenanceProgress>, Task<T>> work) =>
        RunAsync(Terminal.Error, !json && !Console.IsErrorRedirected && Terminal.Error.Profile.Capabilities.Interactive, Patience, work);

    /// <summary>The same on a console of the caller's.</summary>
    public static async Task<T> RunAsync<T>(IAnsiConsole console, bool visible, TimeSpan patience, Func<IProgress<MaintenanceProgress>, Task<T>> work)
    {
        var latest = new Latest();
        var running = work(latest);
        if (!visible || await Task.WhenAny(running, Task.Delay(patience)) == running)
            return await running;

        await console.Progress().AutoClear(true).HideCompleted(false)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn(), new SpinnerColumn())
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

            bar.Description = Markup.Escape(now.Left is null ? now.Step : $"{now.Step}, {now.Left}");
            (bar.IsIndeterminate, bar.MaxValue, bar.Value) = (now.Total == 0, Math.Max(now.Total, 1), now.Done);
            return bar;
        }
    }
}
