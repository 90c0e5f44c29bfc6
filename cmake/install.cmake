# What `cmake --install` puts where: the library, its public headers and a pkg-config file that
# finds them wherever the prefix is moved.
install(TARGETS epode LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}")
install(DIRECTORY "${CMAKE_SOURCE_DIR}/include/epode" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
    FILES_MATCHING PATTERN "*.h")

set(pkgconfig "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
file(RELATIVE_PATH EPODE_PC_PREFIX "/${pkgconfig}" "/")
configure_file(cmake/epode.pc.in epode.pc @ONLY)
install(FILES "${CMAKE_BINARY_DIR}/epode.pc" DESTINATION "${pkgconfig}")
