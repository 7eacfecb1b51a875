using CustomerService.Deploy.Reading;
using CustomerService.Deploy.Rules;

namespace CustomerService.Deploy;

public sealed class ImageTests
{
    private static string Text => Checkout.Read(Image.Dockerfile);

    [Fact]
    public void The_image_is_built_from_what_is_there() => Expect.None(Image.Violations(Text));

    [Fact]
    public void Nothing_that_it_is_built_from_is_kept_out() => Expect.None(Image.Ignored(Checkout.Read(".dockerignore")));

    [Theory]
    [InlineData("grains")]
    [InlineData("Directory.Packages.props")]
    public void What_is_kept_out_is_told(string path) =>
        Expect.Told(path, Image.Ignored(Checkout.Read(".dockerignore").Replace($"!{path}\n", "", StringComparison.Ordinal)));

    [Fact]
    public async Task Its_arguments_are_flags_of_the_program() => Expect.None(await CommandLines.ViolationsAsync(Image.Dockerfile, Image.Words(Text, "CMD")));

    [Theory]
    [InlineData("sdk:10.0", "sdk:9.0", "sdk:9.0")]
    [InlineData("COPY --from=build /app", "COPY --from=builder /app", "builder")]
    [InlineData("USER $APP_UID\n", "", "root")]
    [InlineData("dotnet publish silo/CustomerService.Silo", "dotnet publish src/CustomerService.Silo", "src/CustomerService.Silo")]
    [InlineData("ENTRYPOINT [\"/app/CustomerService.Silo\"]", "ENTRYPOINT /app/CustomerService.Silo", "ENTRYPOINT")]
    [InlineData("# No HEALTHCHECK", "HEALTHCHECK CMD curl localhost\n# No HEALTHCHECK", "HEALTHCHECK")]
    public void What_can_not_be_built_or_run_is_told(string good, string bad, string told)
    {
        Assert.Contains(good, Text, StringComparison.Ordinal);
        Assert.Contains(Image.Violations(Text.Replace(good, bad, StringComparison.Ordinal)), violation => violation.Contains(told, StringComparison.Ordinal));
    }
}
