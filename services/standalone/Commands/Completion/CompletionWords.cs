using System.CommandLine;

namespace Causality.Standalone.Commands.Completion;

/// <summary>What may follow a command.</summary>
/// <param name="Path">The words that lead to the command; empty for the program itself.</param>
/// <param name="Commands">Commands below it, with their descriptions.</param>
/// <param name="Options">Its options, with their descriptions.</param>
/// <param name="FreeText">True where a word of one's own may follow, such as a file: then the shell's own completion helps.</param>
internal sealed record CompletionWords(string Path, IReadOnlyList<(string Name, string Description)> Commands, IReadOnlyList<(string Name, string Description)> Options, bool FreeText)
{
    public static CompletionWords Of(string path, Command command) => new(
        path,
        [.. command.Subcommands.Where(below => !below.Hidden).Select(below => (below.Name, FirstSentence(below.Description)))],
        [.. command.Options.Where(option => !option.Hidden && option.Name.StartsWith("--", StringComparison.Ordinal)).Select(option => (option.Name, FirstSentence(option.Description)))],
        command.Arguments.Count > 0 || command.Options.Any(option => option.ValueType != typeof(bool)));

    /// <summary>Options and commands, for shells that show no descriptions.</summary>
    public IEnumerable<string> Words => Commands.Select(command => command.Name).Concat(Options.Select(option => option.Name));

    private static string FirstSentence(string? text)
    {
        var line = (text ?? "").Split('\n')[0];
        var end = line.IndexOfAny(['.', ':', ';']);
        return end > 0 ? line[..end] : line;
    }
}
