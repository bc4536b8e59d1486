using Spectre.Console;

namespace Causality.Standalone.Commands;

/// <summary>Consoles that know where their text goes: to a person's terminal, or to a file or program, which wants neither colours nor lines broken at 80 characters.</summary>
internal static class Terminal
{
    private const int FileWidth = 240;

    /// <summary>Standard output.</summary>
    public static IAnsiConsole Output { get; } = Create(Console.Out, Console.IsOutputRedirected);

    /// <summary>Standard error.</summary>
    public static IAnsiConsole Error { get; } = Create(Console.Error, Console.IsErrorRedirected);

    private static IAnsiConsole Create(TextWriter writer, bool isRedirected)
    {
        var settings = new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) };
        if (isRedirected)
            (settings.Ansi, settings.ColorSystem, settings.Interactive) = (AnsiSupport.No, ColorSystemSupport.NoColors, InteractionSupport.No);
        var console = AnsiConsole.Create(settings);
        if (isRedirected)
            console.Profile.Width = FileWidth;
        return console;
    }
}
