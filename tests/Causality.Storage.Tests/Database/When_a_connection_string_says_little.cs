using Causality.Storage.Database;
using Npgsql;

namespace Causality.Storage.Tests.Database;

/// <summary>What a connection to PostgreSQL is opened with where the operator has not said otherwise.</summary>
public sealed class When_a_connection_string_says_little
{
    [Fact]
    public void Statements_are_prepared_sessions_are_kept_and_nobody_asks_for_Kerberos()
    {
        var made = new NpgsqlConnectionStringBuilder(PostgresSettings.WithDefaults("Host=database;Username=causality"));

        (made.MaxAutoPrepare, made.AutoPrepareMinUsages, made.NoResetOnClose, made.GssEncryptionMode).ShouldBe((100, 3, true, GssEncryptionMode.Disable));
        made.Options.ShouldBe("-c plan_cache_mode=force_custom_plan");
        (made.Host, made.Username).ShouldBe(("database", "causality"));
    }

    [Fact]
    public void Options_are_left_to_who_gives_them_and_away_where_nothing_is_prepared()
    {
        new NpgsqlConnectionStringBuilder(PostgresSettings.WithDefaults("Host=database;Options=-c jit=off")).Options.ShouldBe("-c jit=off");
        new NpgsqlConnectionStringBuilder(PostgresSettings.WithDefaults("Host=database;Max Auto Prepare=0")).Options.ShouldBeNull();
    }

    [Theory]
    [InlineData("Max Auto Prepare=0;No Reset On Close=false;GSS Encryption Mode=Prefer")]
    [InlineData("max auto prepare=0;no reset on close=False;GSS ENCRYPTION MODE=prefer")]
    public void What_it_says_counts(string given)
    {
        var made = new NpgsqlConnectionStringBuilder(PostgresSettings.WithDefaults($"Host=database;{given}"));

        (made.MaxAutoPrepare, made.NoResetOnClose, made.GssEncryptionMode).ShouldBe((0, false, GssEncryptionMode.Prefer));
    }
}
