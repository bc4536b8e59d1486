using System.CommandLine;
using Causality.ServiceDefaults;
using Causality.Standalone.Commands.Help;
using Causality.Standalone.Input;
using Causality.Storage;
using Causality.Storage.Database;

namespace Causality.Standalone.Commands;

/// <summary><c>causality migrate</c>: brings the database's schema up to date, and the rights of the services' roles, then ends.</summary>
/// <remarks>For deployments in which the services may not change the schema (<c>Storage__MigrateAtStart=false</c>).</remarks>
internal static class MigrateCommand
{
    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("migrate", "Bring the database's schema up to date and end. Reads the section Storage from the environment (Storage__ConnectionString, Storage__RolePrefix) or as --Storage:ConnectionString=...") { json };
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((parsed, cancellationToken) => Failures.ReportAsync(async () =>
        {
            var builder = WebApplication.CreateSlimBuilder([.. parsed.UnmatchedTokens]);
            builder.AddServiceDefaults(ServiceNames.Standalone);
            builder.Services.Configure<StorageOptions>(options => options.MigrateAtStart = true);
            if (parsed.UnmatchedTokens.FirstOrDefault(token => !token.StartsWith("--Storage:", StringComparison.Ordinal)) is { } wrong)
                throw new InputException($"'{wrong}' is no setting of migrate; give --Storage:ConnectionString=... and the like.");
            await using var app = builder.Build();
            await app.Services.GetRequiredService<DatabaseMigrator>().MigrateAsync(cancellationToken);
            Output.Print(parsed.GetValue(json), new { migrated = true }, () => Console.WriteLine("The schema is up to date."));
            return Failures.Success;
        }));
        return command.WithExamples("causality migrate --Storage:Provider=PostgreSql --Storage:DataFolder=/var/lib/causality");
    }
}
