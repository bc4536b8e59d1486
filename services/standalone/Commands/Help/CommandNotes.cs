using System.CommandLine;
using System.Runtime.CompilerServices;

namespace Causality.Standalone.Commands.Help;

/// <summary>What a command's help says beside its options: examples, and exit codes of its own.</summary>
internal static class CommandNotes
{
    private const string Mark = "Example: ";
    private static readonly ConditionalWeakTable<Command, Notes> Known = [];

    /// <summary>What every command's exit codes mean; some have more.</summary>
    public static IReadOnlyDictionary<int, string> CommonExitCodes { get; } = new Dictionary<int, string>
    {
        [Failures.Success] = "done",
        [Failures.Failed] = "not done; the message says why and what to do",
        [Failures.Interrupted] = "interrupted",
    };

    /// <summary>Adds examples: whole command lines, as a person types them.</summary>
    public static Command WithExamples(this Command command, params IEnumerable<string> examples)
    {
        Known.GetOrCreateValue(command).Examples.AddRange(examples);
        return command;
    }

    /// <summary>Says what an exit code means here.</summary>
    public static Command WithExitCode(this Command command, int code, string meaning)
    {
        Known.GetOrCreateValue(command).ExitCodes[code] = meaning;
        return command;
    }

    /// <summary>The examples of a command, also one that its description ends with ("Example: causality …").</summary>
    public static IReadOnlyList<string> ExamplesOf(Command command)
    {
        var own = Known.TryGetValue(command, out var notes) ? notes.Examples : [];
        var described = command.Description?.LastIndexOf(Mark, StringComparison.Ordinal) is >= 0 and var at ? [command.Description[(at + Mark.Length)..].Trim()] : Array.Empty<string>();
        return [.. own, .. described];
    }

    /// <summary>The exit codes of a command, ascending.</summary>
    public static IReadOnlyDictionary<int, string> ExitCodesOf(Command command)
    {
        var codes = new SortedDictionary<int, string>(CommonExitCodes.ToDictionary());
        if (Known.TryGetValue(command, out var notes))
        {
            foreach (var (code, meaning) in notes.ExitCodes)
                codes[code] = meaning;
        }

        return codes;
    }

    private sealed class Notes
    {
        public List<string> Examples { get; } = [];

        public Dictionary<int, string> ExitCodes { get; } = [];
    }
}
