using CustomerService.Silo.Cluster;
using Npgsql;

namespace CustomerService.Silo.Tests.Cluster;

public sealed class AddressTests
{
    private const string Secret = "p@ss:w/rd%?";

    [Theory]
    [InlineData("redis://localhost", "localhost", 6379)]
    [InlineData("redis://:word@10.0.0.7:6380", "10.0.0.7", 6380)]
    [InlineData("redis://:word@cache.example:6380/3", "cache.example", 6380)]
    [InlineData("rediss://app:word@cache/", "cache", 6379)]
    public void Redis_IsRead(string text, string host, int port)
    {
        var address = RedisAddress.Parse(text);

        Assert.Equal((text, host, port), (address.Url, address.Host, address.Port));
        Assert.Equal($"{text.Split(':')[0]}://{host}:{port}", address.ToString());
    }

    [Theory]
    [InlineData("localhost:6379")]
    [InlineData("http://:word@host")]
    [InlineData("redis://")]
    [InlineData("redis://:word@host:port")]
    [InlineData("redis://:word@host/sessions")]
    [InlineData("redis://:word@host/0?ssl=true")]
    public void WhatIsNoRedis_IsRefused_AndItsPasswordIsNotRepeated(string text)
    {
        var fault = Assert.Throws<FormatException>(() => RedisAddress.Parse(text));

        Assert.Contains("redis://[:password@]host:port", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(":word@", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DatabaseUrl_IsReadWithItsEscapes()
    {
        var address = DatabaseAddress.Parse($"postgres://ann%40work:{Uri.EscapeDataString(Secret)}@db.example:5433/support%2Fone?sslmode=verify-full&connect_timeout=7");

        var connection = new NpgsqlConnectionStringBuilder(address.ConnectionString);
        Assert.Equal(("db.example", 5433, "support/one", "ann@work", Secret), (connection.Host, connection.Port, connection.Database, connection.Username, connection.Password));
        Assert.Equal((SslMode.VerifyFull, 7), (connection.SslMode, connection.Timeout));
        Assert.Equal("postgres://db.example:5433/support/one", address.ToString());
    }

    [Theory]
    [InlineData("postgresql://db/support", "db", 5432)]
    [InlineData("postgres://[2001:db8::7]:5433/support", "2001:db8::7", 5433)]
    [InlineData("postgres://user@one:1,two:2/support", "one:1,two:2", 5432)]
    [InlineData("Host=db;Port=5433;Database=support;Username=ann;Password=secret", "db", 5433)]
    public void OtherFormsOfADatabase_AreRead(string text, string host, int port)
    {
        var connection = new NpgsqlConnectionStringBuilder(DatabaseAddress.Parse(text).ConnectionString);

        Assert.Equal((host, port, "support"), (connection.Host, connection.Port, connection.Database));
    }

    [Theory]
    [InlineData("support", "Write it as postgres://")]
    [InlineData("mysql://ann:secret@db/support", "Write it as postgres://")]
    [InlineData("postgres://ann:secret@db", "names no database")]
    [InlineData("postgres://ann:secret@/support", "server that can't be read")]
    [InlineData("postgres://ann:secret@db:many/support", "number from 1 to 65535")]
    [InlineData("postgres://ann:secret@db/support?ssl=on", "unknown setting 'ssl'; known are sslmode")]
    [InlineData("postgres://ann:secret@db/support?sslmode=maybe", "sslmode that can't be 'maybe'")]
    [InlineData("Host=db;Username=ann;Password=secret", "names no database")]
    [InlineData("Database=support;Password=secret", "names no server")]
    [InlineData("Hots=db;Password=secret", "can't be read")]
    public void WhatIsNoDatabase_IsRefusedWithTheFix_AndItsPasswordIsNotRepeated(string text, string fix)
    {
        var fault = Assert.Throws<FormatException>(() => DatabaseAddress.Parse(text));

        Assert.Contains(fix, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Settings_ShowNoPassword()
    {
        var part = new ClusterPart { Redis = RedisAddress.Parse("redis://:word@cache:1"), Database = DatabaseAddress.Parse("postgres://ann:secret@db/support") };

        Assert.Contains("redis://cache:1", part.ToString(), StringComparison.Ordinal);
        Assert.Contains("postgres://db:5432/support", part.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("word", part.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", part.ToString(), StringComparison.Ordinal);
    }
}
