using System.Data;
using System.Data.Common;

namespace CustomerService.Integrations.Orders;

/// <summary>Makes statements that SQLite and PostgreSQL both understand, within one transaction.</summary>
internal sealed class Statements(DbConnection connection, DbTransaction transaction)
{
    /// <param name="sql">A text of the program's own.</param>
    /// <param name="parameters">Their names without the @; all of them are texts.</param>
    internal DbCommand Create(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Every text is made in this folder, of constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var name in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.DbType) = ("@" + name, DbType.String);
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
