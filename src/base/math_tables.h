// SPDX-License-Identifier: MIT
// Made by script/dev/math_tables.py; do not edit. Tables and minimax polynomials of the elementary
// functions, lowest power first. A polynomial is named for the function it completes: what the
// leading terms in the comment leave over.
#ifndef EPODE_BASE_MATH_TABLES_H
#define EPODE_BASE_MATH_TABLES_H

#include "base/pair.h"

// log 2; the high part times any exponent is exact.
static const double LN2_HI = 0x1.62e42fefa3800p-1;
static const double LN2_LO = 0x1.ef35793c76730p-45;

// log 2 / 128; the high part times any count of steps is exact.
static const double LN2_STEP_HI = 0x1.62e42fefc0000p-8;
static const double LN2_STEP_LO = -0x1.c610ca86c3899p-44;

// 1 / log 2.
static const double INV_LN2_HI = 0x1.71547652b82fep+0;
static const double INV_LN2_LO = 0x1.777d0ffda0d24p-56;

// 128 / log 2.
static const double STEPS_PER_UNIT = 0x1.71547652b82fep+7;

// Bits of the double at which the first cell of LOG_TABLE starts.
static const uint64_t LOG_START = UINT64_C(0x3fe68aaaa8000000);

// For each cell: 1/c in 20 bits, log c on a grid of 2^-42, and the rest of log c.
static const struct {
    double inverse, log_hi, log_lo;
} LOG_TABLE[] = {{0x1.6a69400000000p+0, -0x1.63f1bd3432000p-2, -0x1.254670e0ada9ap-44},
                 {0x1.686b000000000p+0, -0x1.5e4c09c91c000p-2, 0x1.977cab742d7afp-44},
                 {0x1.6672600000000p+0, -0x1.58ae63da51000p-2, 0x1.fc8ec43c78047p-44},
                 {0x1.647f400000000p+0, -0x1.53189cd89c000p-2, 0x1.5855d62c83047p-44},
                 {0x1.6291600000000p+0, -0x1.4d8a282661000p-2, 0x1.56e80ecc95d4bp-44},
                 {0x1.60a9000000000p+0, -0x1.4803e92aef000p-2, -0x1.ceac59fd7e83cp-49},
                 {0x1.5ec5c00000000p+0, -0x1.4284f49094000p-2, -0x1.1d36805507a05p-45},
                 {0x1.5ce7c00000000p+0, -0x1.3d0dd102ba000p-2, 0x1.66973646521bep-47},
                 {0x1.5b0ea00000000p+0, -0x1.379d8dd6bc000p-2, 0x1.a5711d178eccep-48},
                 {0x1.593aa00000000p+0, -0x1.32350f4a1b000p-2, -0x1.363bdaa6e22d2p-44},
                 {0x1.576b800000000p+0, -0x1.2cd3c040c0000p-2, -0x1.077b99b5e27f9p-47},
                 {0x1.55a1400000000p+0, -0x1.2779c7c34c000p-2, -0x1.e6287be9b3030p-44},
                 {0x1.53dbc00000000p+0, -0x1.2226ecbd70000p-2, -0x1.ae08285a6c346p-44},
                 {0x1.521ae00000000p+0, -0x1.1cdaf466fe000p-2, -0x1.7e40577517fa5p-45},
                 {0x1.505ea00000000p+0, -0x1.179603acff000p-2, 0x1.eee3eb463fe2fp-44},
                 {0x1.4ea6e00000000p+0, -0x1.1257dddad8000p-2, -0x1.f3a6d07f0fe5cp-45},
                 {0x1.4cf3a00000000p+0, -0x1.0d20a6ee27000p-2, 0x1.f6ad2fd5138c5p-46},
                 {0x1.4b44c00000000p+0, -0x1.07f0203ff2000p-2, -0x1.1e9f47381ddd5p-44},
                 {0x1.499a400000000p+0, -0x1.02c66cd89c000p-2, -0x1.5de680dde9f6dp-44},
                 {0x1.47f4000000000p+0, -0x1.fb4698324c000p-3, -0x1.5d5ddf242c639p-49},
                 {0x1.4652000000000p+0, -0x1.f10dc01e64000p-3, -0x1.15495886e3e24p-45},
                 {0x1.44b4200000000p+0, -0x1.e6e1cc3cb6000p-3, -0x1.a481ffe04ebeap-44},
                 {0x1.431a400000000p+0, -0x1.dcc233d338000p-3, -0x1.7817a573c27c8p-46},
                 {0x1.4184800000000p+0, -0x1.d2b0024ec8000p-3, -0x1.56ffab6b41e3ep-46},
                 {0x1.3ff2a00000000p+0, -0x1.c8a9e1160e000p-3, 0x1.f4f290cdc1a1ap-45},
                 {0x1.3e64c00000000p+0, -0x1.beb0db8728000p-3, -0x1.9d70e39635cc2p-45},
                 {0x1.3cdaa00000000p+0, -0x1.b4c394f54e000p-3, -0x1.540d18996d275p-45},
                 {0x1.3b54600000000p+0, -0x1.aae318a69a000p-3, 0x1.414ef771fe37fp-45},
                 {0x1.39d1e00000000p+0, -0x1.a10ed4a71a000p-3, 0x1.2610550ab2ac8p-45},
                 {0x1.3853000000000p+0, -0x1.9746337168000p-3, 0x1.9f21038a337cep-45},
                 {0x1.36d7c00000000p+0, -0x1.8d896ec1d2000p-3, 0x1.2e0927b756a22p-45},
                 {0x1.3560200000000p+0, -0x1.83d8c0bf00000p-3, 0x1.501e74d722292p-46},
                 {0x1.33ec000000000p+0, -0x1.7a338f22a2000p-3, -0x1.cb60db2c04d78p-44},
                 {0x1.327b400000000p+0, -0x1.70993c0cca000p-3, 0x1.b43c83b7a64e4p-44},
                 {0x1.310e200000000p+0, -0x1.670baa8202000p-3, -0x1.9238dab8e6c5dp-44},
                 {0x1.2fa4400000000p+0, -0x1.5d888ebec8000p-3, 0x1.6a34a4eff6d7bp-47},
                 {0x1.2e3dc00000000p+0, -0x1.5410f4b5b8000p-3, 0x1.5edc9150876b9p-44},
                 {0x1.2cdaa00000000p+0, -0x1.4aa512e31c000p-3, 0x1.84893a12baeb3p-45},
                 {0x1.2b7aa00000000p+0, -0x1.41436a75d8000p-3, -0x1.834d19682477fp-45},
                 {0x1.2a1de00000000p+0, -0x1.37ed087860000p-3, -0x1.b0d28a307d4adp-47},
                 {0x1.28c4400000000p+0, -0x1.2ea144a462000p-3, -0x1.b47014d9bc169p-44},
                 {0x1.276de00000000p+0, -0x1.25612eb686000p-3, -0x1.55ce31404e87bp-44},
                 {0x1.261a600000000p+0, -0x1.1c2a5f6cc8000p-3, -0x1.8a59e187f89ebp-44},
                 {0x1.24ca000000000p+0, -0x1.12fec304f4000p-3, -0x1.d26afa9a996b2p-45},
                 {0x1.237ca00000000p+0, -0x1.09ddab9076000p-3, -0x1.4331161e97a0bp-46},
                 {0x1.2232400000000p+0, -0x1.00c7494832000p-3, -0x1.13330b87e3d23p-44},
                 {0x1.20eac00000000p+0, -0x1.ef75d3c0c4000p-4, 0x1.f9481f4dffe05p-48},
                 {0x1.1fa6200000000p+0, -0x1.dd717663b8000p-4, -0x1.1e30127956549p-45},
                 {0x1.1e64400000000p+0, -0x1.cb800d1c00000p-4, 0x1.82cc42e8e7429p-45},
                 {0x1.1d25600000000p+0, -0x1.b9a586256c000p-4, -0x1.944c10b0fa4b2p-44},
                 {0x1.1be9200000000p+0, -0x1.a7dcdbfcd4000p-4, -0x1.b0c2a0d07c29bp-44},
                 {0x1.1aafa00000000p+0, -0x1.9628305d78000p-4, -0x1.aaff5754b8f8bp-49},
                 {0x1.1978c00000000p+0, -0x1.84860a3e8c000p-4, 0x1.70c3d244bc04ap-44},
                 {0x1.1844a00000000p+0, -0x1.72f8907b44000p-4, -0x1.dd0e44481f233p-46},
                 {0x1.1713200000000p+0, -0x1.617e4725e0000p-4, -0x1.a004a9b181b83p-45},
                 {0x1.15e4200000000p+0, -0x1.5015aada90000p-4, 0x1.7a9d2d2137824p-45},
                 {0x1.14b7c00000000p+0, -0x1.3ec0e41258000p-4, 0x1.493ba0654ae00p-44},
                 {0x1.138de00000000p+0, -0x1.2d7e6c7644000p-4, 0x1.bda08740ea243p-44},
                 {0x1.1266800000000p+0, -0x1.1c4e93dd18000p-4, 0x1.7177c40eaefdcp-45},
                 {0x1.1141a00000000p+0, -0x1.0b31aa9e80000p-4, 0x1.102af4c68ddc8p-44},
                 {0x1.101f200000000p+0, -0x1.f44c3fcc40000p-5, -0x1.b37550ce46ac3p-44},
                 {0x1.0eff200000000p+0, -0x1.d25c456378000p-5, 0x1.91c1c8efc61a0p-47},
                 {0x1.0de1600000000p+0, -0x1.b08c72f2e8000p-5, -0x1.305c604f0a801p-44},
                 {0x1.0cc6200000000p+0, -0x1.8ee4f3b1a8000p-5, -0x1.a0307a1f0f059p-45},
                 {0x1.0bad000000000p+0, -0x1.6d5af31910000p-5, 0x1.d94dd8dd5bd1fp-50},
                 {0x1.0a96400000000p+0, -0x1.4bf6a23688000p-5, 0x1.b8c8adcc335aep-44},
                 {0x1.0981e00000000p+0, -0x1.2ab89c5240000p-5, -0x1.09cd0574c5963p-45},
                 {0x1.086f800000000p+0, -0x1.0995df9650000p-5, -0x1.4c026fb9b29c0p-44},
                 {0x1.075f800000000p+0, -0x1.d1351e15e0000p-6, -0x1.a2522c3c9cd14p-44},
                 {0x1.0651a00000000p+0, -0x1.8f7ef3d050000p-6, -0x1.73eb47508630dp-46},
                 {0x1.0545e00000000p+0, -0x1.4e0a4dcfc0000p-6, -0x1.8e2cdfc6e5c1cp-47},
                 {0x1.043c600000000p+0, -0x1.0ce019da00000p-6, -0x1.bda89d27b4920p-44},
                 {0x1.0334e00000000p+0, -0x1.97e366ab80000p-7, 0x1.0a29d41377326p-44},
                 {0x1.022f600000000p+0, -0x1.1680293160000p-7, -0x1.d588dbbaa9214p-44},
                 {0x1.012c000000000p+0, -0x1.2b50c0dc00000p-8, 0x1.293b713d96ba5p-47},
                 {0x1.0000000000000p+0, 0.0, 0.0},
                 {0x1.fcb0400000000p-1, 0x1.a940704100000p-8, 0x1.c0768744d2801p-44},
                 {0x1.f8c5200000000p-1, 0x1.d20451dc00000p-7, 0x1.a322532bba34bp-47},
                 {0x1.f4e9800000000p-1, 0x1.66b5f6ff10000p-6, -0x1.0f201031c81b9p-47},
                 {0x1.f11cc00000000p-1, 0x1.e37849aa00000p-6, -0x1.6b16fd706a21bp-44},
                 {0x1.ed5ec00000000p-1, 0x1.2fa2e9d648000p-5, -0x1.bdc3c7fb7c486p-45},
                 {0x1.e9af000000000p-1, 0x1.6d13ef37e0000p-5, -0x1.9c4d08f4212fap-44},
                 {0x1.e60d400000000p-1, 0x1.aa0fd8aa50000p-5, -0x1.67af30dacbbd5p-46},
                 {0x1.e279400000000p-1, 0x1.e6975fd348000p-5, -0x1.f748047db38fep-45},
                 {0x1.def2a00000000p-1, 0x1.1156bbf728000p-4, 0x1.31409bd1688fcp-45},
                 {0x1.db79000000000p-1, 0x1.2f2a9d6018000p-4, -0x1.4cf3e6aec0058p-45},
                 {0x1.d80c400000000p-1, 0x1.4cc6c91920000p-4, -0x1.679b1416879aap-45},
                 {0x1.d4ac200000000p-1, 0x1.6a2bcf4b04000p-4, -0x1.b0c7cd409862cp-44},
                 {0x1.d158200000000p-1, 0x1.875c7f1dd4000p-4, 0x1.f3ff2dbcfa738p-46},
                 {0x1.ce10400000000p-1, 0x1.a45754d860000p-4, 0x1.ed6cef36d8f81p-44},
                 {0x1.cad4200000000p-1, 0x1.c11e21a930000p-4, -0x1.e7e7a971f9b1cp-47},
                 {0x1.c7a3800000000p-1, 0x1.ddb1ab190c000p-4, -0x1.e23b5821d4427p-45},
                 {0x1.c47e200000000p-1, 0x1.fa12c2d1f4000p-4, 0x1.5113e3ea07862p-44},
                 {0x1.c163c00000000p-1, 0x1.0b21235d36000p-3, 0x1.5faca69e20a37p-45},
                 {0x1.be54400000000p-1, 0x1.191ffdb28a000p-3, 0x1.2bf7bdb1e5adbp-45},
                 {0x1.bb4f600000000p-1, 0x1.270668bfbe000p-3, -0x1.fe611c31d2499p-45},
                 {0x1.b854e00000000p-1, 0x1.34d4e32004000p-3, -0x1.415525446fc7bp-48},
                 {0x1.b564800000000p-1, 0x1.428bf1bede000p-3, 0x1.cb533b40495f8p-44},
                 {0x1.b27e200000000p-1, 0x1.502b890e46000p-3, -0x1.4ea510bfb9090p-44},
                 {0x1.afa1a00000000p-1, 0x1.5db39fe714000p-3, -0x1.3756ba67c65efp-44},
                 {0x1.accea00000000p-1, 0x1.6b25613e74000p-3, -0x1.fbc8cdda0ba34p-46},
                 {0x1.aa05000000000p-1, 0x1.7880cedaf0000p-3, -0x1.a160a23f8de30p-44},
                 {0x1.a744a00000000p-1, 0x1.85c5ed0926000p-3, -0x1.e5808c86e93e5p-46},
                 {0x1.a48d400000000p-1, 0x1.92f55e7ade000p-3, -0x1.728d3e9823d8bp-45},
                 {0x1.a1dec00000000p-1, 0x1.a00f2fa5c6000p-3, -0x1.f4c94e0a4c58ep-47},
                 {0x1.9f39000000000p-1, 0x1.ad136fa1e8000p-3, -0x1.f86a833d987eap-44},
                 {0x1.9c9bc00000000p-1, 0x1.ba02cf07d6000p-3, 0x1.be4d8649afbbep-45},
                 {0x1.9a07000000000p-1, 0x1.c6dcc5793a000p-3, 0x1.aa6179a5194d3p-45},
                 {0x1.977a400000000p-1, 0x1.d3a34ca91a000p-3, -0x1.f3c67b177b53ap-45},
                 {0x1.94f5c00000000p-1, 0x1.e054a20e8e000p-3, 0x1.25c9eeffe29a4p-45},
                 {0x1.9279000000000p-1, 0x1.ecf2caec8e000p-3, 0x1.c95dc43253e0bp-44},
                 {0x1.9004200000000p-1, 0x1.f97ca82eca000p-3, -0x1.8acfe0f592b34p-49},
                 {0x1.8d96e00000000p-1, 0x1.02f9820dd6000p-2, -0x1.d8a6668494ee3p-44},
                 {0x1.8b31200000000p-1, 0x1.092b05030c000p-2, -0x1.e8a957f85913ap-44},
                 {0x1.88d2c00000000p-1, 0x1.0f52f414d3000p-2, 0x1.74077969e64cep-46},
                 {0x1.867b800000000p-1, 0x1.1571bbc353000p-2, 0x1.13313f90d1b1ep-45},
                 {0x1.842b800000000p-1, 0x1.1b86cec99e000p-2, 0x1.24065db655c81p-49},
                 {0x1.81e2600000000p-1, 0x1.2192f10b85000p-2, 0x1.b127f990ddbb1p-48},
                 {0x1.7fa0200000000p-1, 0x1.2795ebadf8000p-2, -0x1.8a946e7e3f9d7p-44},
                 {0x1.7d64a00000000p-1, 0x1.2d8fdd44a5000p-2, 0x1.61a7d274b4774p-44},
                 {0x1.7b2fa00000000p-1, 0x1.33813c54dc000p-2, -0x1.298f52dd3397fp-45},
                 {0x1.7901400000000p-1, 0x1.39697e2dae000p-2, -0x1.28a561ab2ace6p-45},
                 {0x1.76d9400000000p-1, 0x1.3f491beaa3000p-2, -0x1.0a25fda76f528p-44},
                 {0x1.74b7800000000p-1, 0x1.45203a4bb1000p-2, -0x1.8df8f0cb758fdp-44},
                 {0x1.729be00000000p-1, 0x1.4aeeffa278000p-2, 0x1.8cc6d88964a5cp-46},
                 {0x1.7086600000000p-1, 0x1.50b53aea18000p-2, -0x1.5c4e8b0ab42c3p-44},
                 {0x1.6e76e00000000p-1, 0x1.5673141ee9000p-2, 0x1.2f89271561541p-45},
                 {0x1.6c6d200000000p-1, 0x1.5c290ec0db000p-2, -0x1.47f715b0bae1dp-44}};

// log(1 + r) = r - r^2/2 + r^3 LOG_POLY(r).
static const double LOG_POLY[] = {0x1.5555555555556p-2, -0x1.0000000000001p-2,
                                  0x1.999999991cd0cp-3, -0x1.555555546840bp-3,
                                  0x1.24939a29c57d8p-3, -0x1.0001946ab9f1bp-3};

// 2^(i/128) as a double, and what to multiply it by, less one, to make it exact.
static const struct {
    double power, rest;
} EXP_TABLE[] = {{0x1.0000000000000p+0, 0.0},
                 {0x1.0163da9fb3335p+0, 0x1.b3b4f1a88bf6ep-54},
                 {0x1.02c9a3e778061p+0, -0x1.160139cd8dc5dp-56},
                 {0x1.04315e86e7f85p+0, -0x1.05e7a108766d1p-54},
                 {0x1.059b0d3158574p+0, 0x1.cd2523567f613p-55},
                 {0x1.0706b29ddf6dep+0, -0x1.bce8023f98efap-55},
                 {0x1.0874518759bc8p+0, 0x1.0f74e61e6c861p-57},
                 {0x1.09e3ecac6f383p+0, 0x1.0a3e45b33d399p-54},
                 {0x1.0b5586cf9890fp+0, 0x1.79aa65d837b6dp-54},
                 {0x1.0cc922b7247f7p+0, 0x1.eb51a92fdeffcp-55},
                 {0x1.0e3ec32d3d1a2p+0, 0x1.ebe3d702f9cd1p-60},
                 {0x1.0fb66affed31bp+0, -0x1.a033489906e0bp-57},
                 {0x1.11301d0125b51p+0, -0x1.556522a2fbd0ep-54},
                 {0x1.12abdc06c31ccp+0, -0x1.080ef8c4eea55p-58},
                 {0x1.1429aaea92de0p+0, -0x1.1c923b9d5f416p-54},
                 {0x1.15a98c8a58e51p+0, 0x1.0d3e3e95c55afp-55},
                 {0x1.172b83c7d517bp+0, -0x1.01b15eaa59348p-55},
                 {0x1.18af9388c8deap+0, -0x1.f1ff055de323dp-55},
                 {0x1.1a35beb6fcb75p+0, 0x1.b898c3f1353bfp-55},
                 {0x1.1bbe084045cd4p+0, -0x1.6d99c7611eb26p-54},
                 {0x1.1d4873168b9aap+0, 0x1.aecf73e3a2f60p-54},
                 {0x1.1ed5022fcd91dp+0, -0x1.fe782cb86389dp-55},
                 {0x1.2063b88628cd6p+0, 0x1.a6f4144a6c38dp-55},
                 {0x1.21f49917ddc96p+0, 0x1.07a05b0e4047dp-55},
                 {0x1.2387a6e756238p+0, 0x1.68efde3a8a894p-54},
                 {0x1.251ce4fb2a63fp+0, 0x1.75e18f274487dp-55},
                 {0x1.26b4565e27cddp+0, 0x1.0472b981fe7f2p-55},
                 {0x1.284dfe1f56381p+0, -0x1.6b87b3f71085ep-54},
                 {0x1.29e9df51fdee1p+0, 0x1.2f7e16d09ab31p-55},
                 {0x1.2b87fd0dad990p+0, -0x1.d219b1a6fbffap-60},
                 {0x1.2d285a6e4030bp+0, 0x1.b3782720c0ab4p-55},
                 {0x1.2ecafa93e2f56p+0, 0x1.e149289cecb8fp-57},
                 {0x1.306fe0a31b715p+0, 0x1.34d754db0abb6p-55},
                 {0x1.32170fc4cd831p+0, 0x1.64201e2ac744cp-55},
                 {0x1.33c08b26416ffp+0, 0x1.fdd395dd3f84ap-55},
                 {0x1.356c55f929ff1p+0, -0x1.6a3803b8e5b04p-55},
                 {0x1.371a7373aa9cbp+0, -0x1.24aedcc4b5068p-54},
                 {0x1.38cae6d05d866p+0, -0x1.907f81b512d8ep-54},
                 {0x1.3a7db34e59ff7p+0, -0x1.1d1e83e9436d2p-56},
                 {0x1.3c32dc313a8e5p+0, -0x1.91919b3ce1b15p-54},
                 {0x1.3dea64c123422p+0, 0x1.59f48a72a4c6dp-55},
                 {0x1.3fa4504ac801cp+0, -0x1.312607a28698ap-54},
                 {0x1.4160a21f72e2ap+0, -0x1.8a78f4817895bp-58},
                 {0x1.431f5d950a897p+0, -0x1.c2c9b67499a1bp-56},
                 {0x1.44e086061892dp+0, 0x1.363ed60c2ac11p-59},
                 {0x1.46a41ed1d0057p+0, 0x1.666093b0664efp-54},
                 {0x1.486a2b5c13cd0p+0, 0x1.ecce1daa10379p-57},
                 {0x1.4a32af0d7d3dep+0, 0x1.3ff8e3f0f1230p-54},
                 {0x1.4bfdad5362a27p+0, 0x1.690cebb7aafb0p-56},
                 {0x1.4dcb299fddd0dp+0, 0x1.31dbdeb54e077p-54},
                 {0x1.4f9b2769d2ca7p+0, -0x1.f94340071a38ep-55},
                 {0x1.516daa2cf6642p+0, -0x1.7deccdc93a349p-55},
                 {0x1.5342b569d4f82p+0, -0x1.8dec6bd0f385fp-56},
                 {0x1.551a4ca5d920fp+0, -0x1.61246ec7b5cf6p-55},
                 {0x1.56f4736b527dap+0, 0x1.3350518fdd78ep-54},
                 {0x1.58d12d497c7fdp+0, 0x1.b98b72f8a9b05p-56},
                 {0x1.5ab07dd485429p+0, 0x1.063e1e21c5409p-54},
                 {0x1.5c9268a5946b7p+0, 0x1.4c7855019c6eap-60},
                 {0x1.5e76f15ad2148p+0, 0x1.432e62b64c035p-54},
                 {0x1.605e1b976dc09p+0, -0x1.ce44a6199769fp-55},
                 {0x1.6247eb03a5585p+0, -0x1.c33c53bef4da8p-55},
                 {0x1.6434634ccc320p+0, -0x1.45378892be9aep-55},
                 {0x1.6623882552225p+0, -0x1.3cedd78565858p-54},
                 {0x1.68155d44ca973p+0, 0x1.710aa807e1964p-58},
                 {0x1.6a09e667f3bcdp+0, -0x1.3b3efbf5e2228p-54},
                 {0x1.6c012750bdabfp+0, -0x1.a12ad8734b982p-57},
                 {0x1.6dfb23c651a2fp+0, -0x1.367efb86da9eep-57},
                 {0x1.6ff7df9519484p+0, -0x1.0dc3d54e08851p-55},
                 {0x1.71f75e8ec5f74p+0, -0x1.81f647e5a3ecfp-56},
                 {0x1.73f9a48a58174p+0, -0x1.6ee4ac08b7db0p-55},
                 {0x1.75feb564267c9p+0, -0x1.619321e55e68ap-55},
                 {0x1.780694fde5d3fp+0, 0x1.09ccb5e09d4d3p-54},
                 {0x1.7a11473eb0187p+0, -0x1.b32dcb94da51dp-56},
                 {0x1.7c1ed0130c132p+0, 0x1.4ecfd5467c06bp-54},
                 {0x1.7e2f336cf4e62p+0, 0x1.5ebe1abd66c55p-57},
                 {0x1.80427543e1a12p+0, -0x1.8a1c52fb3cf42p-55},
                 {0x1.82589994cce13p+0, -0x1.369b6f13b3734p-54},
                 {0x1.8471a4623c7adp+0, -0x1.05e843a19ff1ep-55},
                 {0x1.868d99b4492edp+0, -0x1.4d450d872576ep-54},
                 {0x1.88ac7d98a6699p+0, 0x1.0ad675b0e8a00p-54},
                 {0x1.8ace5422aa0dbp+0, 0x1.db72fc1f0eab4p-55},
                 {0x1.8cf3216b5448cp+0, -0x1.5b6609cc5e7ffp-57},
                 {0x1.8f1ae99157736p+0, 0x1.bf68359f35f44p-56},
                 {0x1.9145b0b91ffc6p+0, -0x1.3091fa71e3d83p-54},
                 {0x1.93737b0cdc5e5p+0, -0x1.da9b88b6c1e29p-58},
                 {0x1.95a44cbc8520fp+0, -0x1.c23f97c90b959p-57},
                 {0x1.97d829fde4e50p+0, -0x1.2434322f4f9aap-54},
                 {0x1.9a0f170ca07bap+0, -0x1.5ca6cd7668e4bp-55},
                 {0x1.9c49182a3f090p+0, 0x1.1affc2b91ce27p-56},
                 {0x1.9e86319e32323p+0, 0x1.dd235e10a73bbp-57},
                 {0x1.a0c667b5de565p+0, -0x1.7c50422622263p-55},
                 {0x1.a309bec4a2d33p+0, 0x1.b1c86e3e231d5p-55},
                 {0x1.a5503b23e255dp+0, -0x1.1bbd1d3bcbb15p-54},
                 {0x1.a799e1330b358p+0, 0x1.0cc319cee31d2p-54},
                 {0x1.a9e6b5579fdbfp+0, 0x1.469846e735ab3p-55},
                 {0x1.ac36bbfd3f37ap+0, -0x1.2dfcd978e9db4p-55},
                 {0x1.ae89f995ad3adp+0, 0x1.c1a7792cb3387p-55},
                 {0x1.b0e07298db666p+0, -0x1.07b8f4ad1d9fap-54},
                 {0x1.b33a2b84f15fbp+0, -0x1.5c3d956dcaebap-58},
                 {0x1.b59728de5593ap+0, -0x1.0a40e3da6f640p-54},
                 {0x1.b7f76f2fb5e47p+0, -0x1.8d6f438ad9334p-57},
                 {0x1.ba5b030a1064ap+0, -0x1.1eee26b588a35p-54},
                 {0x1.bcc1e904bc1d2p+0, 0x1.4ffd70a5fddcdp-56},
                 {0x1.bf2c25bd71e09p+0, -0x1.1bdfbfa9298acp-54},
                 {0x1.c199bdd85529cp+0, 0x1.36eae30af0cb3p-56},
                 {0x1.c40ab5fffd07ap+0, 0x1.ee3325c9ffd94p-55},
                 {0x1.c67f12e57d14bp+0, 0x1.4e08fd10959acp-55},
                 {0x1.c8f6d9406e7b5p+0, 0x1.3cdaf384e1a67p-57},
                 {0x1.cb720dcef9069p+0, 0x1.76b2c6c921968p-57},
                 {0x1.cdf0b555dc3fap+0, -0x1.08a1883ccb5d2p-55},
                 {0x1.d072d4a07897cp+0, -0x1.fad5d3ffffa6fp-55},
                 {0x1.d2f87080d89f2p+0, -0x1.00dae3875a949p-54},
                 {0x1.d5818dcfba487p+0, 0x1.4a385a63d07a7p-56},
                 {0x1.d80e316c98398p+0, -0x1.2919e2040220fp-55},
                 {0x1.da9e603db3285p+0, 0x1.e5a50d5c192acp-55},
                 {0x1.dd321f301b460p+0, 0x1.43a59ac016b4bp-55},
                 {0x1.dfc97337b9b5fp+0, -0x1.2d52107b43e1fp-55},
                 {0x1.e264614f5a129p+0, -0x1.92ab93b470dc9p-55},
                 {0x1.e502ee78b3ff6p+0, 0x1.4b604603a88d3p-56},
                 {0x1.e7a51fbc74c83p+0, 0x1.3c5ec519d7271p-55},
                 {0x1.ea4afa2a490dap+0, -0x1.ff7128fd391f0p-55},
                 {0x1.ecf482d8e67f1p+0, -0x1.dae98e223747dp-55},
                 {0x1.efa1bee615a27p+0, 0x1.ec3bc41aa2008p-55},
                 {0x1.f252b376bba97p+0, 0x1.42b94c3a9eb32p-55},
                 {0x1.f50765b6e4540p+0, 0x1.a64a931d185eep-55},
                 {0x1.f7bfdad9cbe14p+0, -0x1.e37bae43be3edp-55},
                 {0x1.fa7c1819e90d8p+0, 0x1.7893b4d91cd9dp-56},
                 {0x1.fd3c22b8f71f1p+0, 0x1.305c14160cc89p-58}};

// e^r = 1 + r + r^2 EXP_POLY(r).
static const double EXP_POLY[] = {0x1.fffffffffff51p-2, 0x1.555555555548dp-3, 0x1.55555ae8e1f99p-5,
                                  0x1.111115d88ea6ap-7};

// e^x - 1 = x + x^2/2 + x^3 EXPM1_POLY(x), |x| <= 1/8.
static const double EXPM1_POLY[] = {
    0x1.5555555555555p-3,  0x1.5555555555555p-5,  0x1.1111111111110p-7,
    0x1.6c16c16c1af5ap-10, 0x1.a01a01a0200adp-13, 0x1.a01a00adf6c67p-16,
    0x1.71de396821653p-19, 0x1.27f928d89439dp-22, 0x1.ae82b060a8943p-26};

// sin x = x + x^3 SIN_POLY(x^2), |x| <= pi/4.
static const double SIN_POLY[] = {
    -0x1.5555555555555p-3,  0x1.1111111111110p-7,  -0x1.a01a01a019938p-13, 0x1.71de3a546091ep-19,
    -0x1.ae645412baa17p-26, 0x1.61217f00544d9p-33, -0x1.ab17cc217291ap-41};

// cos x = 1 - x^2/2 + x^4 COS_POLY(x^2), |x| <= pi/4.
static const double COS_POLY[] = {0x1.5555555555555p-5,  -0x1.6c16c16c16967p-10,
                                  0x1.a01a019f4eb44p-16, -0x1.27e4fa17db6b4p-22,
                                  0x1.1eeb68e76364ep-29, -0x1.907da02f4ceddp-37};

// pi/2 in three parts; the first two have 33 bits.
static const double HALF_PI_PART[] = {0x1.921fb54400000p+0, 0x1.0b4611a600000p-34,
                                      0x1.3198a2e037073p-69};

// pi/2.
static const double HALF_PI_HI = 0x1.921fb54442d18p+0;
static const double HALF_PI_LO = 0x1.1a62633145c07p-54;

// pi.
static const double PI_HI = 0x1.921fb54442d18p+1;
static const double PI_LO = 0x1.1a62633145c07p-53;

// 2 / pi.
static const double INV_HALF_PI = 0x1.45f306dc9c883p-1;

// The fraction bits of 2/pi, highest first, after one word of zeros.
static const uint64_t TWO_OVER_PI[] = {0,
                                       UINT64_C(0xa2f9836e4e441529),
                                       UINT64_C(0xfc2757d1f534ddc0),
                                       UINT64_C(0xdb6295993c439041),
                                       UINT64_C(0xfe5163abdebbc561),
                                       UINT64_C(0xb7246e3a424dd2e0),
                                       UINT64_C(0x06492eea09d1921c),
                                       UINT64_C(0xfe1deb1cb129a73e),
                                       UINT64_C(0xe88235f52ebb4484),
                                       UINT64_C(0xe99c7026b45f7e41),
                                       UINT64_C(0x3991d639835339f4),
                                       UINT64_C(0x9c845f8bbdf9283b),
                                       UINT64_C(0x1ff897ffde05980f),
                                       UINT64_C(0xef2f118b5a0a6d1f),
                                       UINT64_C(0x6d367ecf27cb09b7),
                                       UINT64_C(0x4f463f669e5fea2d),
                                       UINT64_C(0x7527bac7ebe5f17b),
                                       UINT64_C(0x3d0739f78a5292ea),
                                       UINT64_C(0x6bfb5fb11f8d5d08),
                                       UINT64_C(0x56033046fc7b6bab),
                                       UINT64_C(0xf0cfbc209af4361d)};

// atan(i/16) as a pair of doubles.
static const EpodePair ATAN_TABLE[] = {{0.0, 0.0},
                                       {0x1.ff55bb72cfdeap-5, -0x1.c934d86d23f1dp-60},
                                       {0x1.fd5ba9aac2f6ep-4, -0x1.cd37686760c17p-59},
                                       {0x1.7b97b4bce5b02p-3, 0x1.347b0b4f881cap-58},
                                       {0x1.f5b75f92c80ddp-3, 0x1.8ab6e3cf7afbdp-57},
                                       {0x1.362773707ebccp-2, -0x1.963a544b672d8p-57},
                                       {0x1.6f61941e4def1p-2, -0x1.c63aae6f6e918p-56},
                                       {0x1.a64eec3cc23fdp-2, -0x1.24dec1b50b7ffp-56},
                                       {0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56},
                                       {0x1.0657e94db30d0p-1, -0x1.d5b495f6349e6p-56},
                                       {0x1.1e00babdefeb4p-1, -0x1.928df287a668fp-58},
                                       {0x1.345f01cce37bbp-1, 0x1.1021137c71102p-55},
                                       {0x1.4978fa3269ee1p-1, 0x1.2419a87f2a458p-56},
                                       {0x1.5d58987169b18p-1, 0x1.0028e4bc5e7cap-57},
                                       {0x1.700a7c5784634p-1, -0x1.8c34d25aadef6p-56},
                                       {0x1.819d0b7158a4dp-1, -0x1.bf76229d3b917p-56},
                                       {0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55}};

// atan q = q + q^3 ATAN_POLY(q^2), |q| <= 1/32.
static const double ATAN_POLY[] = {-0x1.5555555555555p-2, 0x1.99999999998a2p-3,
                                   -0x1.24924922a4181p-3, 0x1.c71c469c6079ep-4,
                                   -0x1.73980db43aa80p-4};

#endif
