using CustomerService.Grains.Orleans.Clustering;

namespace CustomerService.Grains.Orleans.Tests.Clustering;

public sealed class RedisUrlTests
{
    [Theory]
    [InlineData("redis://localhost", "localhost:6379")]
    [InlineData("redis://10.0.0.7:6380/2", "10.0.0.7:6380")]
    [InlineData("redis://[::1]:6380", "::1:6380")]
    public void An_address_names_the_server(string url, string server)
    {
        Assert.Null(RedisUrl.Fault(url));
        var address = Assert.Single(RedisUrl.Parse(url).EndPoints);

        Assert.Equal(server, address switch
        {
            System.Net.DnsEndPoint name => $"{name.Host}:{name.Port}",
            System.Net.IPEndPoint ip => $"{ip.Address}:{ip.Port}",
            _ => address.ToString(),
        });
    }

    [Fact]
    public void An_address_says_who_asks_for_what_and_how()
    {
        var options = RedisUrl.Parse("rediss://silo:p%40ss%3Aword@redis.example/3");

        Assert.Equal(("silo", "p@ss:word", 3, true), (options.User, options.Password, options.DefaultDatabase, options.Ssl));
    }

    [Fact]
    public void A_password_needs_no_user() => Assert.Equal((null, "secret"), (RedisUrl.Parse("redis://:secret@redis").User, RedisUrl.Parse("redis://:secret@redis").Password));

    [Fact]
    public void A_server_that_is_away_ends_nobody() => Assert.False(RedisUrl.Parse("redis://redis").AbortOnConnectFail);

    [Theory]
    [InlineData("")]
    [InlineData("localhost:6379")]
    [InlineData("http://:secret@redis:6379")]
    [InlineData("redis://:secret@redis:99999")]
    [InlineData("redis://:secret@redis:6379/first")]
    [InlineData("redis://:secret@redis:6379?ssl=true")]
    [InlineData("redis://:sec#ret@redis:6379")]
    public void An_address_that_is_none_is_refused_in_a_sentence_without_its_password(string url)
    {
        var fault = RedisUrl.Fault(url);

        Assert.NotNull(fault);
        Assert.Contains("redis", fault, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("sec", fault, StringComparison.Ordinal);
        Assert.Equal(fault, Assert.Throws<FormatException>(() => RedisUrl.Parse(url)).Message);
    }

    [Theory]
    [InlineData("redis://localhost", true)]
    [InlineData("redis://127.0.0.1:7000", true)]
    [InlineData("redis://[::1]", true)]
    [InlineData("redis://redis", false)]
    [InlineData("redis://10.0.0.7", false)]
    public void A_Redis_on_loopback_is_known(string url, bool isLoopback) => Assert.Equal(isLoopback, RedisUrl.IsLoopback(url));
}
