using System.Text;

namespace Causality.Standalone.Commands.Completion;

/// <summary>The script for fish, with descriptions.</summary>
internal static class FishCompletion
{
    public static string Script(IReadOnlyList<CompletionWords> commands)
    {
        var text = new StringBuilder("# fish completion of causality: save as ~/.config/fish/completions/causality.fish\n");
        text.Append("""
            function __causality_at
              set -l path
              for word in (commandline -opc)[2..-1]
                if contains -- (string join ' ' -- $path $word) $__causality_paths
                  set -a path $word
                end
              end
              test "$path" = "$argv"
            end

            """);
        text.Append($"set -g __causality_paths {string.Join(' ', commands.Where(command => command.Path.Length > 0).Select(command => Quote(command.Path)))}\n");
        foreach (var command in commands)
        {
            var at = Quote($"__causality_at {command.Path}".TrimEnd());
            foreach (var (name, description) in command.Commands)
                text.Append($"complete -c causality -f -n {at} -a {name} -d {Quote(description)}\n");
            foreach (var (name, description) in command.Options)
                text.Append($"complete -c causality -n {at} -l {name[2..]} -d {Quote(description)}\n");
        }

        return text.ToString();
    }

    private static string Quote(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
