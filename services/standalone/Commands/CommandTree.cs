using System.CommandLine;
using Causality.Standalone.Commands.Completion;
using Causality.Standalone.Commands.Conflicts;
using Causality.Standalone.Commands.Dlq;
using Causality.Standalone.Commands.Help;
using Causality.Standalone.Commands.Store;

namespace Causality.Standalone.Commands;

/// <summary>Every command of <c>causality</c>.</summary>
internal static class CommandTree
{
    /// <summary>Makes the commands; nothing runs yet.</summary>
    public static RootCommand Create()
    {
        var (common, store) = (new CommonOptions(), new StoreOptions());
        var root = new RootCommand("Causality: operators that keep the same log, with nobody in charge.")
        {
            ServeCommand.Create(),
            MigrateCommand.Create(),
            DemoCommand.Create(),
            AppendCommand.Create(common),
            LogCommand.Create(common),
            PeersCommand.Create(common),
            SyncCommand.Create(common),
            StatusCommand.Create(common),
            TokensCommand.Create(common),
            IdentityCommand.Create(common),
            ConflictsCommand.Create(common),
            DlqCommand.Create(),
            VerifyCommand.Create(store),
            BackupCommand.Create(store),
            RestoreCommand.Create(store),
            GcCommand.Create(store),
        };
        root.Add(CompletionCommand.Create(root));
        HelpWithNotes.AddTo(root);
        return root;
    }

    /// <summary>A command and everything below it, with the words that lead there.</summary>
    public static IEnumerable<(string Path, Command Command)> Walk(Command command, string path = "")
    {
        yield return (path, command);
        foreach (var below in command.Subcommands.Where(below => !below.Hidden))
        {
            foreach (var found in Walk(below, path.Length == 0 ? below.Name : $"{path} {below.Name}"))
                yield return found;
        }
    }
}
