using System.Text;

namespace Causality.Standalone.Commands.Completion;

/// <summary>The script for bash; needs nothing beside bash.</summary>
internal static class BashCompletion
{
    public static string Script(IReadOnlyList<CompletionWords> commands)
    {
        var text = new StringBuilder("# bash completion of causality: source <(causality completion bash)\n");
        text.Append("_causality_words() {\n  case \"$1\" in\n");
        foreach (var command in commands)
            text.Append($"    '{command.Path}') printf '%s\\n' {string.Join(' ', command.Words)} ;;\n");
        text.Append("    *) return 1 ;;\n  esac\n}\n");
        text.Append("""
            _causality() {
              local path="" word current="${COMP_WORDS[COMP_CWORD]}"
              for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
                if _causality_words "${path:+$path }$word" >/dev/null; then path="${path:+$path }$word"; fi
              done
              mapfile -t COMPREPLY < <(compgen -W "$(_causality_words "$path")" -- "$current")
            }
            complete -o default -F _causality causality

            """);
        return text.ToString();
    }
}
