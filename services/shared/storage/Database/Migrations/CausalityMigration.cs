using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;
using Microsoft.EntityFrameworkCore.Migrations.Operations.Builders;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

namespace Causality.Storage.Database.Migrations;

/// <summary>A step of the schema, written by hand for both databases.</summary>
/// <remarks>
/// To add one: a class in this folder with <c>[DbContext(typeof(CausalityDbContext))]</c> and <c>[Migration("yyyyMMddHHmmss_Name")]</c>, ids ascending.
/// Never change one that has been released. Names go through the helpers here, so that PostgreSQL gets schemas and SQLite gets prefixes.
/// </remarks>
public abstract class CausalityMigration : Migration
{
    /// <summary>True when the step runs on PostgreSQL.</summary>
    protected bool IsPostgreSql => ActiveProvider == "Npgsql.EntityFrameworkCore.PostgreSQL";

    /// <summary>Names of tables in the database the step runs on.</summary>
    protected TableNames Names => new(IsPostgreSql ? DatabaseProvider.PostgreSql : DatabaseProvider.Sqlite, ServiceNames.Standalone);

    /// <summary>Makes a schema where the database has schemas.</summary>
    protected void Schema(MigrationBuilder builder, string schema)
    {
        if (IsPostgreSql)
            builder.EnsureSchema(schema);
    }

    /// <summary>Makes a table; <paramref name="columns"/> and <paramref name="constraints"/> as for <see cref="MigrationBuilder.CreateTable{TColumns}"/>.</summary>
    protected void Table<TColumns>(
        MigrationBuilder builder, string schema, string table, string comment,
        Func<ColumnsBuilder, TColumns> columns, Action<CreateTableBuilder<TColumns>> constraints) =>
        builder.CreateTable(NameOf(schema, table), columns, SchemaOf(schema), constraints, comment);

    /// <summary>Makes an index named <c>ix_schema_table_columns</c>.</summary>
    protected void Index(MigrationBuilder builder, string schema, string table, string[] columns, bool unique = false, string? filter = null) =>
        builder.CreateIndex($"ix_{schema}_{table}_{string.Join('_', columns)}", NameOf(schema, table), columns, SchemaOf(schema), unique, filter);

    /// <summary>Adds a column to a table that may hold rows already.</summary>
    protected void Column<T>(MigrationBuilder builder, string schema, string table, string column, bool nullable, object? value, string comment) =>
        builder.AddColumn<T>(column, NameOf(schema, table), schema: SchemaOf(schema), nullable: nullable, defaultValue: value, comment: comment);

    /// <summary>Drops a column.</summary>
    protected void DropColumn(MigrationBuilder builder, string schema, string table, string column) => builder.DropColumn(column, NameOf(schema, table), SchemaOf(schema));

    /// <summary>Drops a table.</summary>
    protected void Drop(MigrationBuilder builder, string schema, string table) => builder.DropTable(NameOf(schema, table), SchemaOf(schema));

    /// <summary>Runs a statement on PostgreSQL only: storage parameters, checks.</summary>
    protected void OnPostgreSql(MigrationBuilder builder, string sql)
    {
        if (IsPostgreSql)
            builder.Sql(sql);
    }

    /// <summary>The collation that orders text by its bytes; SQLite does so by itself.</summary>
    protected string? Ordinal => IsPostgreSql ? "C" : null;

    /// <summary>Makes a column count up by itself on both databases; it must be the primary key.</summary>
    protected static OperationBuilder<AddColumnOperation> Identity(OperationBuilder<AddColumnOperation> column) => column
        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn)
        .Annotation("Sqlite:Autoincrement", true);

    private string NameOf(string schema, string table) => IsPostgreSql ? table : $"{schema}_{table}";

    private string? SchemaOf(string schema) => IsPostgreSql ? schema : null;
}
