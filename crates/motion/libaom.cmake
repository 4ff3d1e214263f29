# What of libaom is built, and how. libaom-sys has no options for it, but the CMake it runs reads a toolchain file:
# .cargo/config.toml names this one in CMAKE_TOOLCHAIN_FILE. A variable counts as set by hand, and so stays, if its
# help text is the one below (vendor/build/cmake/util.cmake, `set_aom_config_var`).

function(choose name value)
  set(${name} ${value} CACHE STRING "No help, variable specified on the command line." FORCE)
endfunction()

# libaom-sys asks for a debug build whenever ours is one: its pictures would take 20 times as long.
set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)

choose(CONFIG_REALTIME_ONLY 1)
choose(CONFIG_AV1_HIGHBITDEPTH 0)
choose(CONFIG_PIC 1)
choose(CONFIG_DENOISE 0)
choose(CONFIG_QUANT_MATRIX 0)
choose(CONFIG_LIBYUV 0)
choose(CONFIG_WEBM_IO 0)
# Its code stands under the BSD 3-Clause Clear licence, which deny.toml does not allow.
choose(CONFIG_SVT_AV1 0)

# The cmake crate leaves the system and the compiler to a toolchain file.
if("$ENV{TARGET}" MATCHES "windows")
  set(CMAKE_SYSTEM_NAME Windows)
  set(CMAKE_SYSTEM_PROCESSOR x86_64)
  if(DEFINED ENV{CC_x86_64_pc_windows_gnu})
    set(CMAKE_C_COMPILER $ENV{CC_x86_64_pc_windows_gnu})
    set(CMAKE_CXX_COMPILER $ENV{CXX_x86_64_pc_windows_gnu})
  elseif(NOT CMAKE_HOST_WIN32)
    set(CMAKE_C_COMPILER x86_64-w64-mingw32-gcc-posix)
    set(CMAKE_CXX_COMPILER x86_64-w64-mingw32-g++-posix)
  endif()
endif()
