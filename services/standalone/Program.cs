using System.CommandLine;
using Causality.Standalone.Commands;
using Causality.Standalone.Commands.Dlq;

var common = new CommonOptions();
var root = new RootCommand("Causality: operators that keep the same log, with nobody in charge.")
{
    ServeCommand.Create(),
    DemoCommand.Create(),
    AppendCommand.Create(common),
    LogCommand.Create(common),
    PeersCommand.Create(common),
    SyncCommand.Create(common),
    StatusCommand.Create(common),
    DlqCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
