using System.CommandLine;
using Causality.Standalone.Commands;

// Told to stop, an operator finishes what is in hand; the host bounds that to 25 s by itself.
return await CommandTree.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
