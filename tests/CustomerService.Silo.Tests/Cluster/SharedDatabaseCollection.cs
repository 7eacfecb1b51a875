namespace CustomerService.Silo.Tests.Cluster;

/// <summary>Tests that use one PostgreSQL server, each with databases of its own.</summary>
[CollectionDefinition(Name)]
public sealed class SharedDatabaseCollection : ICollectionFixture<PostgreSqlServer>
{
    public const string Name = "PostgreSQL";
}
