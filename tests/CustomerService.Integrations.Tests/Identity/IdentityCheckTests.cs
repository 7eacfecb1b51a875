using CustomerService.Integrations.Identity;
using CustomerService.Integrations.Orders;
using CustomerService.Integrations.Tests.Orders;

namespace CustomerService.Integrations.Tests.Identity;

public sealed class IdentityCheckTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTime _time = new();
    private readonly SqliteOrderSystem _orders;
    private readonly IdentityCheck _check;

    public IdentityCheckTests()
    {
        _orders = SmallShop.OpenIn(_folder);
        _check = new IdentityCheck(_orders, _time);
    }

    public void Dispose()
    {
        _orders.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("I'm Lena Berg, zip 50142", "lena_berg_1")]
    [InlineData("lena.berg@example.com 50142", "lena_berg_1")]
    [InlineData("my name is Omar Diaz, postcode ls1 4ap", "omar_diaz_2")]
    public async Task RightDetails_GiveTheCustomer(string text, string id) => Assert.Equal(id, (await Prove(text))?.Id);

    [Theory]
    [InlineData("lena.berg@example.com 50143")]
    [InlineData("nobody@example.com 50142")]
    [InlineData("omar@example.com 50142")]
    [InlineData("I'm Lena Diaz, zip 50142")]
    [InlineData("Lena Berg #W1000001")]
    [InlineData("50142")]
    public async Task AnythingWrongOrMissing_GivesTheSameNothing(string text) => Assert.Null(await Prove(text));

    [Fact]
    public async Task DetailsThatFitTwoCustomers_ProveNeither() =>
        Assert.Null(await _check.ProveAsync(new CustomerProof("lena.berg@example.com", ["50142", "LS14AP"], ["Omar Diaz"]), default));

    [Fact]
    public async Task TooManyWrongTries_CloseTheDoorForAnHour_ToRightOnesToo()
    {
        for (var attempt = 0; attempt < 5; attempt++)
            Assert.Null(await Prove($"lena.berg@example.com 1000{attempt}"));

        Assert.Null(await Prove("lena.berg@example.com 50142"));
        Assert.Null(await Prove("Lena Berg 50142"));
        Assert.NotNull(await Prove("Omar Diaz LS1 4AP"));

        _time.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(await Prove("lena.berg@example.com 50142"));
    }

    private ValueTask<ShopCustomer?> Prove(string text) => _check.ProveAsync(CustomerProof.FindIn(text), default);
}
