using System.CommandLine;
using Causality.Standalone.Commands;
using Causality.Standalone.Commands.Conflicts;
using Causality.Standalone.Commands.Dlq;

var common = new CommonOptions();
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
    ConflictsCommand.Create(common),
    DlqCommand.Create(),
};

// Told to stop, an operator finishes what is in hand; the host bounds that to 25 s by itself.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
